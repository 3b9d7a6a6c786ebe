import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { showProgress } from './progress.ts';

function shown(isTTY: boolean): string {
  const output = Object.assign(new PassThrough(), { isTTY });
  const progress = showProgress(output);
  for (const job of ['push (a)', 'push (b)']) progress.hear({ type: 'job-queued', job });
  for (const line of [
    '[1/3] uploaded disk.raw (1.5 MiB)',
    '[2/3] present notes.txt (9 B)',
    'uploaded later',
  ]) {
    progress.hear({ type: 'log', job: 'push (a)', step: 'push', line });
  }
  progress.hear({ type: 'job-finished', job: 'push (a)', conclusion: 'success' });
  progress.end();
  return String(output.read());
}

test('a file gets a line for each finished job, with what was uploaded so far', () => {
  expect(shown(false)).toBe('  1 of 2 jobs finished, 1 blobs, 1.5 MiB: push (a) success\n');
});

test('a terminal gets one line that changes', () => {
  const lines = shown(true).split('\r\x1b[2K');

  expect(lines.at(-1)).toBe('  1 of 2 jobs finished, 1 blobs, 1.5 MiB\n');
  expect(lines.length).toBeGreaterThan(3);
});
