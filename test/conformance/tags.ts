import { expect, test } from 'vitest';
import { testIf } from './expectations.ts';
import { imageIn } from './images.ts';
import { pushManifest, pushTag } from './push.ts';
import {
  type Answer,
  jsonOf,
  newRepository,
  nextOf,
  type Repository,
  textOf,
} from './repository.ts';
import type { Target } from './target.ts';

const sorted = ['a1', 'b2', 'c3', 'd4', 'e5'];

/** distribution-spec v1.1.1, "Listing Tags". */
export function tagCases(target: Target): void {
  wholeLists(target);
  pages(target);
}

function wholeLists(target: Target): void {
  test('all tags are listed', async () => {
    const repository = await tagged(target, sorted);

    const pages = await listTags(repository);

    expect(pages.flat().sort()).toEqual(sorted);
  });

  testIf(target, 'tagOrder')('tags are in order, whatever the order they came in', async () => {
    const repository = await tagged(target, ['c3', 'a1', 'e5', 'b2', 'd4']);

    const pages = await listTags(repository);

    expect(pages.flat()).toEqual(sorted);
  });

  testIf(target, 'tagOrder')(
    'upper and lower case are in one of the two orders that there are',
    async () => {
      const repository = await tagged(target, ['b', 'C', 'A', 'd']);

      const pages = await listTags(repository);

      expect([
        ['A', 'b', 'C', 'd'],
        ['A', 'C', 'b', 'd'],
      ]).toContainEqual(pages.flat());
    },
  );

  test('the list has the name of its repository', async () => {
    const repository = await tagged(target, ['only']);

    const answer = await repository.ask('GET', 'tags/list');

    expect(jsonOf(answer)).toEqual({ name: repository.name, tags: ['only'] });
  });

  test('a repository of untagged manifests has no tags', async () => {
    const repository = newRepository(target);
    await pushManifest(repository, await imageIn(repository));

    const answer = await repository.ask('GET', 'tags/list');

    // "The list of tags MAY be empty": some servers write null, and some know no repository without tags.
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 200) expect(tagsOf(answer)).toEqual([]);
  });
}

function pages(target: Target): void {
  testIf(target, 'tagPages')(
    'n is the most tags of a page, and Link leads to the next until the end',
    async () => {
      const repository = await tagged(target, sorted);

      const pages = await listTags(repository, '?n=2');

      expect(pages).toEqual([['a1', 'b2'], ['c3', 'd4'], ['e5']]);
    },
  );

  testIf(target, 'tagPages')('last starts the list behind that tag', async () => {
    const repository = await tagged(target, sorted);

    const behindOne = await listTags(repository, '?last=b2');
    const behindAll = await listTags(repository, '?n=2&last=e5');
    const behindNone = await listTags(repository, '?n=10&last=b9');

    expect(behindOne.flat()).toEqual(['c3', 'd4', 'e5']);
    expect(behindAll).toEqual([[]]);
    expect(behindNone.flat()).toEqual(['c3', 'd4', 'e5']);
  });

  testIf(target, 'tagPages')('n and last together give a page from the middle', async () => {
    const repository = await tagged(target, sorted);

    const answer = await repository.ask('GET', 'tags/list?n=2&last=a1');

    expect([answer.status, tagsOf(answer)]).toEqual([200, ['b2', 'c3']]);
  });

  testIf(
    target,
    'tagPages',
    'emptyPages',
  )('n=0 is an empty list without a Link', async () => {
    const repository = await tagged(target, sorted);

    const answer = await repository.ask('GET', 'tags/list?n=0');

    expect([answer.status, tagsOf(answer)]).toEqual([200, []]);
    expect(answer.headers.get('link')).toBeNull();
  });

  test('the tags of a repository that is not there are a 404, or none', async () => {
    const repository = newRepository(target);

    const answer = await repository.ask('GET', 'tags/list');

    expect([200, 404]).toContain(answer.status);
    if (answer.status === 200) expect(tagsOf(answer)).toEqual([]);
  });
}

async function tagged(target: Target, tags: readonly string[]): Promise<Repository> {
  const repository = newRepository(target);
  const image = await imageIn(repository);
  for (const tag of tags) await pushTag(repository, tag, image);
  return repository;
}

function tagsOf(answer: Answer): string[] {
  const { tags }: { tags: string[] | null } = JSON.parse(textOf(answer));
  return tags ?? [];
}

/** The pages of the list, each found by the Link of the one before. */
async function listTags(repository: Repository, query = ''): Promise<string[][]> {
  const pages: string[][] = [];
  let next: string | URL | undefined = `tags/list${query}`;
  while (next !== undefined) {
    const answer: Answer = await repository.ask('GET', next);
    expect(answer.status).toBe(200);
    pages.push(tagsOf(answer));
    next = nextOf(answer);
  }
  return pages;
}
