import { ProtocolError } from '../error/protocol-error.ts';
import type { ReplyHeaders } from '../transport/exchange.ts';
import { headerValues } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { resolveTarget } from './target.ts';

const link = /<([^<>]*)>((?:\s*;\s*[^\s;,="]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const isNext = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=\s|;|$))/i;

/** The page that follows, by `Link: <…>; rel="next"` (RFC 8288). It must be the same registry's: it is asked with credentials. */
export function nextPage(reply: {
  readonly url: URL;
  readonly headers: ReplyHeaders;
}): URL | undefined {
  for (const value of headerValues(reply.headers, 'link')) {
    for (const [, target = '', parameters = ''] of value.matchAll(link)) {
      if (!isNext.test(parameters)) continue;
      const url = resolveTarget(target, reply.url, 'the next page');
      if (url.origin !== reply.url.origin) {
        throw new ProtocolError(
          `the next page of ${redactUrl(reply.url)} is on another host: ${url.host}`,
        );
      }
      return url;
    }
  }
  return undefined;
}
