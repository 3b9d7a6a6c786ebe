import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { camelCase } from './camel-case.ts';
import { indexOutputs } from './fan-in-inputs.ts';
import { indexResult } from './index-result.ts';

const published = {
  image: { registry: 'ghcr.io', repository: 'acme/app' },
  descriptor: { digest: 'sha256:0123456789abcdef' },
  bytes: new TextEncoder().encode('{"manifests": []}\n'),
  changed: true,
  changes: ['kept', 'added', 'removed', 'added', 'replaced', 'kept', 'kept'].map((outcome) => ({
    outcome,
  })),
  tags: [{ tag: '1.0' }, { tag: 'latest' }],
};

test('the outputs count the entries, name the references and carry the index as it was pushed', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'index-'));

  const { indexFile, ...result } = await indexResult(published, {
    env: { RUNNER_TEMP: folder.path },
  });

  expect(result).toEqual({
    digest: 'sha256:0123456789abcdef',
    index: '{"manifests": []}\n',
    references: [
      'ghcr.io/acme/app:1.0',
      'ghcr.io/acme/app:latest',
      'ghcr.io/acme/app@sha256:0123456789abcdef',
    ],
    changed: true,
    added: 2,
    replaced: 1,
    kept: 3,
    removed: 1,
  });
  expect(new Uint8Array(await readFile(indexFile))).toEqual(published.bytes);
  expect(path.dirname(indexFile)).toBe(folder.path);
});

test('an index that no output can carry is in the file alone', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'index-'));
  const bytes = Buffer.alloc(200_000, ' ');

  const result = await indexResult({ ...published, bytes }, { env: { RUNNER_TEMP: folder.path } });

  expect(result.index).toBeUndefined();
  expect((await readFile(result.indexFile)).length).toBe(200_000);
});

test('every output that is promised is there, and no other', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'index-'));

  const result = await indexResult(published, { env: { RUNNER_TEMP: folder.path } });

  expect(Object.keys(result).sort()).toEqual(Object.keys(indexOutputs).map(camelCase).sort());
});
