import type { Log } from './log.ts';
import { formatSize } from './markdown.ts';

/** What a client of a registry tells, as far as a person wants to read it. */
type ClientNews =
  | { readonly type: 'request' }
  | { readonly type: 'retry'; readonly why: string; readonly wait: number }
  | { readonly type: 'warning'; readonly registry: string; readonly text: string };

/** Shows what the registry says to its users, and why a request is made again. */
export const clientLog =
  (log: Log) =>
  (news: ClientNews): void => {
    if (news.type === 'warning') log.notice(`${news.registry} says: ${news.text}`);
    if (news.type === 'retry') {
      log.info(`again in ${(news.wait / 1000).toFixed(1)} s: ${news.why}`);
    }
  };

interface PushedBlobNews {
  readonly outcome: string;
  readonly descriptor: {
    readonly digest: string;
    readonly size: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** One line for each blob, numbered. */
export function uploadLog(log: Log, total: number): (blob: PushedBlobNews) => void {
  let count = 0;
  return ({ outcome, descriptor: { digest, size, annotations } }) => {
    count += 1;
    const name = annotations?.['org.opencontainers.image.title'] ?? digest;
    log.info(`[${count}/${total}] ${outcome} ${name} (${formatSize(size)})`);
  };
}
