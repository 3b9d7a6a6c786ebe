import { expect, test } from 'vitest';
import type { Log } from './log.ts';
import { clientLog, uploadLog } from './progress.ts';

function listeningLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const say =
    (level: string) =>
    (text: string): void =>
      void lines.push(`${level}: ${text}`);
  const log = {
    info: say('info'),
    warning: say('warning'),
    notice: say('notice'),
    group: <T>(_: string, work: () => Promise<T>): Promise<T> => work(),
  };
  return { log, lines };
}

test('what a registry says to its users is a notice, a wait is a line, a request is nothing', () => {
  const { log, lines } = listeningLog();
  const tell = clientLog(log);

  tell({ type: 'request' });
  tell({ type: 'retry', why: '429 for GET /v2/', wait: 1250 });
  tell({ type: 'warning', registry: 'ghcr.io', text: 'soon to be gone' });

  expect(lines).toEqual([
    'info: again in 1.3 s: 429 for GET /v2/',
    'notice: ghcr.io says: soon to be gone',
  ]);
});

test('blobs are numbered as they arrive, by their names where they have one', () => {
  const { log, lines } = listeningLog();
  const tell = uploadLog(log, 2);

  const annotations = { 'org.opencontainers.image.title': 'disk.raw' };
  tell({ outcome: 'uploaded', descriptor: { digest: 'sha256:1', size: 2048, annotations } });
  tell({ outcome: 'present', descriptor: { digest: 'sha256:2', size: 7 } });

  expect(lines).toEqual([
    'info: [1/2] uploaded disk.raw (2.0 KiB)',
    'info: [2/2] present sha256:2 (7 B)',
  ]);
});
