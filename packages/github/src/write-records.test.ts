import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeRecords } from './write-records.ts';

test('records are a file by their group, the same bytes for the same records', async () => {
  await using root = await mkdtempDisposable(path.join(tmpdir(), 'records-'));
  const env = { RUNNER_TEMP: root.path };
  const one = { records: [], group: 'acme/app' };
  const same = { group: 'acme/app', records: [] };

  const file = await writeRecords(one, env);
  const text = await readFile(file, 'utf8');
  await writeRecords(same, env);

  expect(path.basename(file)).toMatch(/^oci-matrix-records-acme-app-[0-9a-f]{8}\.json$/);
  expect(JSON.parse(text)).toEqual(one);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('groups whose names differ in a character that no file name has do not share a file', async () => {
  await using root = await mkdtempDisposable(path.join(tmpdir(), 'records-'));
  const env = { RUNNER_TEMP: root.path };

  const files = await Promise.all(
    ['acme/app', 'acme:app', 'acme-app'].map((group) => writeRecords({ group }, env)),
  );

  expect(new Set(files).size).toBe(3);
});
