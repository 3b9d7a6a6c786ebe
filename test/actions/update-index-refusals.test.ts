import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { recordsOf } from './records.ts';
import { refusalOf } from './refusal.ts';
import { legsOf, repository, update } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const good = recordsOf([{ descriptor: amd64.descriptor }]);

test('records that are not complete are refused, by the names of the legs that are missing', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, amd64);
  const missing = ['push (arm64)', 'push (s390x)'];
  const records = recordsOf([{ descriptor: amd64.descriptor }], missing);

  const result = await update(registry, { records });

  expect(refusalOf(result, registry)).toEqual({
    code: 'LEG_MISSING',
    what: 'the records of group app are not complete, missing: push (arm64); push (s390x)',
    hint: expect.stringMatching(/run the failed jobs again/),
  });
});

test.each([
  ['no records', {}, {}, /^input "records-file": mode merge needs records$/],
  [
    'two documents of records',
    { records: good, 'records-file': 'r.json' },
    { 'r.json': good },
    /^input "records-file": mode merge has 2 sources of records$/,
  ],
  [
    'records to remove',
    { records: good, mode: 'remove', remove: 'linux/arm64' },
    {},
    /^input "records-file": mode remove has 1 sources of records$/,
  ],
  [
    'a file of records that is not there',
    { 'records-file': 'r.json' },
    {},
    /^input "records-file": "r\.json" cannot be read: ENOENT/,
  ],
  ['nothing to remove', { mode: 'remove' }, {}, /^input "remove": names nothing to take out$/],
  [
    'something to remove in another mode',
    { records: good, remove: 'linux/arm64' },
    {},
    /^input "remove": does nothing in mode merge$/,
  ],
  ['no tag', { records: good, tags: '' }, {}, /^input "tags": is required/],
  ['a tag that is none', { records: good, tags: '-x' }, {}, /^input "tags": "-x" is not a tag$/],
  [
    'a tag of another image',
    { records: good, tags: 'ghcr.io/acme/other:1' },
    {},
    /^ghcr\.io\/acme\/other:1 in tags is not of the image/,
  ],
  ['a mode that does not exist', { records: good, mode: 'append' }, {}, /^input "mode": "append"/],
  [
    'an identity that no entry has',
    { records: good, identity: 'name' },
    {},
    /^input "identity": .*"name"$/,
  ],
  [
    'a selector that names nothing',
    { mode: 'remove', remove: 'everything' },
    {},
    /^input "remove": not a platform: "everything"/,
  ],
  [
    'an annotation without a value',
    { records: good, annotations: 'a' },
    {},
    /^input "annotations": annotation "a" is not key=value$/,
  ],
])('an update with %s is refused before anybody is asked', async (_, given, files, what) => {
  await using registry = await startRegistry();

  const result = await update(registry, given, { files });

  expect(refusalOf(result, registry)).toEqual({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
    hint: expect.stringMatching(/^[A-Z].*\.$/),
  });
  expect(registry.requests()).toEqual([]);
});

test.each([
  ['not JSON', 'records', /^input "records": records is not JSON$/],
  ['{"schema":"oci-matrix/records/v2"}', 'records', /^input "records": .*: schema: /],
])('records %j are refused', async (records, _, what) => {
  await using registry = await startRegistry();

  const result = await update(registry, { records });

  expect(refusalOf(result, registry).what).toMatch(what);
});

test('a file that is no document of records is named', async () => {
  await using registry = await startRegistry();
  const files = { 'index.json': '{}' };

  const result = await update(registry, { 'records-file': 'index.json' }, { files });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'RECORD_INVALID',
    what: expect.stringMatching(/^index\.json is not what aggregate-outputs writes: schema/),
  });
});

test('a manifest that is not in the repository is named, and no tag moves', async () => {
  await using registry = await startRegistry();
  const records = recordsOf([{ descriptor: amd64.descriptor }, { descriptor: arm64.descriptor }]);
  seed(registry, repository, amd64);

  const result = await update(registry, { records });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'CHILD_MISSING',
    what: expect.stringMatching(new RegExp(`does not have 1 of .*: ${arm64.descriptor.digest}$`)),
  });
});

test('two legs with one entry are refused, both by name', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64, imageOf(linux('amd64'), 5)]);

  const result = await update(registry, { records });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'ENTRY_DUPLICATE',
    what: expect.stringMatching(/^two legs give the same entry, linux\/amd64: leg-0 .* and leg-1 /),
    hint: expect.stringMatching(/"identity"/),
  });
});

test('legs that pushed nothing give nothing to publish', async () => {
  await using registry = await startRegistry();

  const result = await update(registry, { records: recordsOf([{ outputs: { a: '1' } }]) });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'LEG_MISSING',
    hint: expect.stringMatching(/push-manifest/),
  });
});

test('an artifact that stands at the tag is not overwritten', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, artifactOf('application/vnd.other', 'theirs'), '1.0');

  const result = await update(registry, { records: legsOf(registry, [amd64]) });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'NOT_AN_INDEX',
    hint: expect.stringMatching(/^Choose another tag/),
  });
});

test.each([
  ['an index that is not there', undefined, 'linux/arm64', 'MANIFEST_UNKNOWN'],
  ['the last entries of an index', indexOf([arm64]), 'linux/arm64', 'INPUT_INVALID'],
])('removing from %s is refused', async (_, index, remove, code) => {
  await using registry = await startRegistry();
  if (index !== undefined) seed(registry, repository, index, '1.0');

  const result = await update(registry, { mode: 'remove', remove });

  expect(refusalOf(result, registry).code).toBe(code);
});

test('a registry that refuses the tag is quoted, and the index does not pass for published', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /manifests\/1\.0/, { status: 403, message: 'not for you' });

  const result = await update(registry, { records: legsOf(registry, [amd64]) });

  expect(result.exitCode).toBe(1);
  expect(result.outputs).toEqual({});
  expect(result.annotations).toEqual([
    { level: 'error', title: 'DENIED', message: expect.stringContaining('DENIED: not for you\n') },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});
