import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';
import { blobSummary, indexSummary, legSummary, publishedTitle } from './release-summary.ts';

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

const entry = (name: string) => ({ name, digest: 'sha256:2', size: 10 });
const published = {
  ...{ digest: 'sha256:9', size: 500, changed: true, dryRun: false },
  images: [
    {
      image: 'ghcr.io/acme/app',
      tags: [
        { tag: 'new', moved: true },
        { tag: 'old', moved: true, previous: 'sha256:8' },
        { tag: 'same', moved: false, previous: 'sha256:9' },
      ],
    },
    { image: 'quay.io/acme/app', tags: [{ tag: 'new', moved: true }], failure: 'it | said 500' },
  ],
  manifests: [
    {
      ...entry('linux/amd64'),
      ...{ outcome: 'added' as const, leg: 'leg <a>' },
      attestations: ['3', '4'].map((at) => ({ digest: at, outcome: 'kept' as const })),
    },
    { ...entry('linux/arm64'), outcome: 'kept' as const, attestations: [] },
    {
      ...entry('linux/arm'),
      ...{ outcome: 'replaced' as const, previous: 'sha256:1', attestations: [] },
    },
  ],
  removed: [entry('linux/s390x')],
};

test('an index says which tag is where, and what became of every entry', () => {
  const text = renderMarkdown(publishedTitle(published), ...indexSummary(published));
  const at = '<code>ghcr.io/acme/app</code>';
  const digests = '<code>sha256:2</code> | 10 B';

  expect(text.split('\n')).toEqual([
    '### ghcr.io/acme/app, quay.io/acme/app',
    '',
    'Index <code>sha256:9</code> (500 B): 1 new, 1 replaced, 3 kept, 1 removed.',
    '',
    '| Tag | Where | Was | Is |',
    '| --- | --- | --- | --- |',
    `| <code>new</code> | ${at} | nothing | <code>sha256:9</code> |`,
    `| <code>old</code> | ${at} | <code>sha256:8</code> | <code>sha256:9</code> |`,
    `| <code>same</code> | ${at} | <code>sha256:9</code> | the same |`,
    '| <code>new</code> | <code>quay.io/acme/app</code> | nothing | failed: it &#124; said 500 |',
    '',
    '| Entry | Digest | Size of the manifest | Leg | Attestations |  |',
    '| --- | --- | --- | --- | --- | --- |',
    `| linux/amd64 | ${digests} | leg &#60;a&#62; | <code>3</code><br><code>4</code> | new |`,
    `| linux/arm64 | ${digests} |  |  | kept |`,
    `| linux/arm | ${digests} |  |  | replaced <code>sha256:1</code> |`,
    `| linux/s390x | ${digests} |  |  | removed |`,
    '',
  ]);
});

test('a dry run speaks of what would be', () => {
  const dry = { ...published, dryRun: true, changed: false };
  const text = renderMarkdown(publishedTitle(dry), ...indexSummary(dry));

  expect(text).toContain(' (dry run)');
  expect(text).toContain(': nothing changed.');
  expect(text).toContain('| Tag | Where | Was | Would be |');
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
