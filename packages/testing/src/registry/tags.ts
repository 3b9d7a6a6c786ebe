import { type Answer, type Exchange, jsonAnswer } from './exchange.ts';
import { nextLink, pageOf } from './page.ts';
import { refusal } from './refusal.ts';
import { knownRepository, type State } from './state.ts';
import { lexically } from './tag-table.ts';

/** GET of the list of tags, end-8. */
export function listTags(state: State, exchange: Exchange): Answer {
  const { pageSize, staleTagLists } = state.capabilities;
  const { path, query } = exchange;
  const { name, tags } = knownRepository(state, exchange);
  const n = Math.min(parseCount(query.get('n')), pageSize);
  const last = query.get('last');
  const { items, next } = pageOf(tags.list(staleTagLists), (tag) => tag, {
    n,
    isAfterLast: (tag) => last === null || lexically(tag, last) > 0,
  });
  return jsonAnswer(200, { name, tags: items }, nextLink(path, query, n, next));
}

function parseCount(text: string | null): number {
  if (text === null) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) {
    throw refusal(400, 'UNSUPPORTED', `not a number of tags: ${JSON.stringify(text)}`);
  }
  return Number(text);
}
