import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canonicalText } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { camelCase } from './camel-case.ts';
import { indexOutputs } from './fan-in-inputs.ts';
import { indexResult } from './index-result.ts';
import { createLog } from './log.ts';
import { createSecrets } from './secrets.ts';

const digest = 'sha256:0123456789abcdef';
const written = {
  bytes: new TextEncoder().encode('{"manifests": []}\n'),
  changes: ['kept', 'added', 'removed', 'added', 'replaced', 'kept', 'kept'].map((outcome) => ({
    outcome,
  })),
  published: {
    ...{ digest, changed: true, dryRun: false, protected: [digest, 'sha256:1'] },
    images: [
      { image: 'ghcr.io/acme/app', tags: [{ tag: '1.0' }, { tag: 'latest' }] },
      { image: 'quay.io/acme/app', tags: [{ tag: '1.0' }], failure: 'HTTP 500' },
    ],
  },
};

/** The outputs, and what a later step finds in the files that they name. */
async function resultOf(more: Partial<typeof written> = {}) {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'index-'));
  const lines: string[] = [];
  const log = {
    ...createLog(createSecrets(() => undefined)),
    warning: (message: string) => lines.push(message),
  };
  const env = { RUNNER_TEMP: folder.path };
  const result = await indexResult({ ...written, ...more }, { env, log });
  const index = await readFile(result.indexFile);
  const json = await readFile(result.jsonFile, 'utf8');
  return { result, index, json, warnings: lines, folder: folder.path };
}

test('the outputs count the entries, name the references and carry the index as it was pushed', async () => {
  const { result, index, json, folder } = await resultOf();

  const { indexFile, jsonFile, ...values } = result;
  expect(values).toEqual({
    digest,
    index: '{"manifests": []}\n',
    json: canonicalText(written.published),
    protectedDigests: `${digest}\nsha256:1`,
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
  expect(new Uint8Array(index)).toEqual(written.bytes);
  expect(json).toBe(values.json);
  expect([indexFile, jsonFile].map((file) => path.dirname(file))).toEqual([folder, folder]);
});

test('what no output can carry is in a file alone, and a list of digests is not cut short in silence', async () => {
  const bytes = Buffer.alloc(200_000, ' ');
  const digests = Array.from({ length: 10_000 }, (_, at) => `sha256:${`${at}`.padStart(64, '0')}`);

  const { result, index, json, warnings } = await resultOf({
    bytes,
    published: { ...written.published, protected: digests },
  });

  expect([result.index, result.json, result.protectedDigests]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
  expect(index.length).toBe(200_000);
  expect(JSON.parse(json).protected).toEqual(digests);
  expect(warnings).toEqual([
    '10000 digests do not fit into the output "protected-digests": read "protected" in the file that "json-file" names',
  ]);
});

test('every output that is promised is there, and no other', async () => {
  const { result } = await resultOf();

  expect(Object.keys(result).sort()).toEqual(Object.keys(indexOutputs).map(camelCase).sort());
});
