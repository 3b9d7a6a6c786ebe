import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { blobSummary, indexSummary, legSummary } from './release-summary.ts';

const blob = (title: string) => ({
  mediaType: 'a/b',
  digest: 'sha256:1',
  size: 1024,
  annotations: { 'org.opencontainers.image.title': title },
});
const counts = { uploaded: 1, present: 2, bytesUploaded: 2048 };

test('a push says what travelled, and lists the blobs out of the way', () => {
  const text = renderMarkdown(blobSummary([blob('a|b')], counts, false));

  expect(text).toMatch(/^<details><summary>1 blobs uploaded \(2\.0 KiB\), 2 there already\./);
  expect(text).toContain('| a&#124;b | <code>a/b</code> | 1.0 KiB | <code>sha256:1</code> |');
});

test('a dry run says that nothing was written', () => {
  expect(renderMarkdown(blobSummary([blob('a'), blob('b')], counts, true))).toContain(
    'Nothing was written; 2 blobs, 2.0 KiB in all.',
  );
});

const row = (name: string, outcome: string) => ({
  name,
  outcome,
  kind: 'image',
  digest: 'sha256:2',
  size: 10,
});
const index = {
  digest: 'sha256:9',
  size: 500,
  changed: true,
  dryRun: false,
  tags: [
    { tag: 'new', moved: true },
    { tag: 'old', moved: true, previous: 'sha256:8' },
    { tag: 'same', moved: false, previous: 'sha256:9' },
  ],
  rows: [row('linux/amd64', 'added'), row('linux/arm64', 'kept'), row('linux/s390x', 'removed')],
};

test('an index says what became of its tags and of every entry', () => {
  const text = renderMarkdown(...indexSummary(index));

  expect(text.split('\n').slice(0, 5)).toEqual([
    'Index <code>sha256:9</code> (500 B): 1 new, 0 replaced, 1 kept, 1 removed.',
    '',
    '- <code>new</code> is new',
    '- <code>old</code> is moved; it named <code>sha256:8</code>',
    '- <code>same</code> named it already',
  ]);
  expect(text).toContain('| linux/amd64 | image | 10 B | <code>sha256:2</code> | new |');
  expect(text).toContain('| linux/s390x | image | 10 B | <code>sha256:2</code> | removed |');
});

test('a dry run speaks of what would be', () => {
  const text = renderMarkdown(...indexSummary({ ...index, dryRun: true, changed: false }));

  expect(text).toContain(': nothing changed.');
  expect(text).toContain('<code>new</code> would be new');
  expect(text).toContain('<code>old</code> would be moved');
});

const leg = (name: string) => ({
  leg: name,
  run: { job: 'push', attempt: 2 },
  outputs: { a: '1' },
  finishedAt: '2026-01-01T00:00:00.000Z',
});

test('legs that are missing stand before those that are there', () => {
  const there = [leg('a'), { ...leg('b'), descriptor: { digest: 'sha256:3' } }];

  const rows = renderMarkdown(legSummary(there, ['push (arm64)'])).split('\n');

  expect(rows[0]).toBe('2 legs are there, 1 missing:');
  expect(rows.slice(4, 7)).toEqual([
    '| push (arm64) |  | missing |  |',
    '| a | push, attempt 2 | 1 outputs | 2026-01-01T00:00:00.000Z |',
    '| b | push, attempt 2 | <code>sha256:3</code> | 2026-01-01T00:00:00.000Z |',
  ]);
});

test('a table is cut at a row, with a note', () => {
  const legs = Array.from({ length: 310 }, (_, at) => leg(`leg-${at}`));

  const text = renderMarkdown(legSummary(legs, []));

  expect(text).toContain('310 legs, none missing');
  expect(text.match(/^\| leg-\d+ \|/gm)).toHaveLength(300);
  expect(text).toMatch(/\|\n\n… and 10 more\n\n<\/details>/);
});
