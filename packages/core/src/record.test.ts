import { digestOf } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRecord } from './create-record.ts';
import { looksLikeRecord, maxRecordLength, parseRecord, recordText } from './record.ts';
import { attestationFor, imageFor, recordOf } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const full = recordOf({
  image: 'registry.example/octo/app',
  matrix: { arch: 'amd64' },
  axes: ['arch'],
  descriptor: { ...amd64, artifactType: 'application/x', annotations: { a: 'b' } },
  children: [amd64, attestationFor(amd64)],
  signatures: [
    {
      subject: amd64.digest,
      format: 'bundle',
      descriptor: attestationFor(amd64),
      signedBy: { key: digestOf('a key') },
    },
  ],
  layers: {
    'arm/v7': {
      fs_block_size: 4096,
      layers: { [digestOf('layer')]: { size: 1, usage: 2, archive_size: 3, usages: { 1024: 2 } } },
      model: 'ext4-overlay2/v1',
      store: 'overlay2',
    },
  },
  outputs: { version: '1.0' },
});
const [signature] = full.signatures ?? [];
const signedWith = (more: object): string =>
  JSON.stringify({ ...full, signatures: [{ ...signature, ...more }] });

test('what was written is read', () => {
  const name = fc.string({ minLength: 1, maxLength: 600 });
  const texts = fc.dictionary(name, fc.string(), { noNullPrototype: true });
  const safe = <T extends object>(value: T): boolean => !Object.hasOwn(value, '__proto__');
  const record = fc
    .record({
      group: name,
      leg: name,
      index: fc.nat(),
      total: fc.integer({ min: 1, max: 10_000 }),
      matrix: fc.option(texts.filter(safe)),
      outputs: texts.filter(safe),
      attempt: fc.integer({ min: 1 }),
      finishedAt: fc.date({ noInvalidDate: true, max: new Date('9999-01-01'), min: new Date(0) }),
      content: fc.string(),
    })
    .map(({ finishedAt, content, ...more }) =>
      recordOf({
        ...more,
        finishedAt: finishedAt.toISOString(),
        descriptor: { ...amd64, digest: digestOf(content), size: content.length },
      }),
    );

  fc.assert(
    fc.property(record, (value) => {
      expect(parseRecord(recordText(value), 'a test')).toEqual(value);
    }),
  );
});

test('every field survives, and what we do not know is left out', () => {
  const text = JSON.stringify({ ...full, later: { v: 2 }, run: { ...full.run, later: 1 } });

  expect(parseRecord(text, 'a test')).toEqual(full);
});

test('equal records have one text', () => {
  const reversed = Object.fromEntries(Object.entries(full).reverse());

  expect(recordText(parseRecord(JSON.stringify(reversed), 'a test'))).toBe(recordText(full));
});

test.each([
  ['is not JSON', 'nonsense'],
  ['the document', 'null'],
  ['schema', JSON.stringify({ ...full, schema: 'oci-matrix/leg-record/v2' })],
  ['group', JSON.stringify({ ...full, group: '' })],
  ['leg', JSON.stringify({ ...full, leg: 'x'.repeat(601) })],
  ['index', JSON.stringify({ ...full, index: -1 })],
  ['total', JSON.stringify({ ...full, total: 0 })],
  ['total', JSON.stringify({ ...full, total: 10_001 })],
  ['matrix', JSON.stringify({ ...full, matrix: [] })],
  ['outputs.version', JSON.stringify({ ...full, outputs: { version: 1 } })],
  ['outputs.version', JSON.stringify({ ...full, outputs: { version: 'x'.repeat(65_537) } })],
  ['run.attempt', JSON.stringify({ ...full, run: { ...full.run, attempt: 0 } })],
  ['descriptor.digest', JSON.stringify({ ...full, descriptor: { ...amd64, digest: 'sha256:a' } })],
  ['descriptor.size', JSON.stringify({ ...full, descriptor: { ...amd64, size: 1.5 } })],
  ['descriptor.mediaType', JSON.stringify({ ...full, descriptor: { ...amd64, mediaType: 'x' } })],
  ['children.1.digest', JSON.stringify({ ...full, children: [amd64, { ...amd64, digest: '' }] })],
  ['signatures.0.subject', signedWith({ subject: 'latest' })],
  ['signatures.0.format', signedWith({ format: 'gpg' })],
  ['signatures.0.descriptor.size', signedWith({ descriptor: { ...amd64, size: -1 } })],
  ['signatures.0.signedBy', signedWith({ signedBy: { identity: 'me' } })],
  ['layers.amd64', JSON.stringify({ ...full, layers: { amd64: {} } })],
  ['layers.AMD', JSON.stringify({ ...full, layers: { AMD: full.layers?.['arm/v7'] } })],
  ['finishedAt', JSON.stringify({ ...full, finishedAt: 'yesterday' })],
])('a record with a malformed part is refused by its path: %s', (path, text) => {
  expect(() => parseRecord(text, 'artifact a')).toThrow(
    expect.objectContaining({
      code: 'RECORD_INVALID',
      message: expect.stringMatching(
        new RegExp(`^the record of artifact a cannot be read: ${path.replace('.', '\\.')}`),
      ),
    }),
  );
});

test('a record that is too long, or nested without end, is refused', () => {
  const long = JSON.stringify(full).padEnd(maxRecordLength + 1);
  const deep = JSON.stringify({ ...full, matrix: 0 }).replace(
    '"matrix":0',
    `"matrix":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  );

  expect(() => parseRecord(long, 'a')).toThrow(/has 4194305 characters, at most 4194304 go/);
  expect(() => parseRecord(deep, 'a')).toThrow(/: matrix: is nested deeper than 32/);
});

test('what claims to be a record is told from other outputs', () => {
  expect(looksLikeRecord(recordText(full))).toBe(true);
  expect(looksLikeRecord(JSON.stringify({ schema: 'oci-matrix/leg-record/v9' }, null, 2))).toBe(
    true,
  );
  expect(looksLikeRecord('{"schema":"oci-matrix/records/v1"}')).toBe(false);
});

const run = full.run;

test.each([
  ['the name that was given', { leg: 'mine', matrix: { a: 1 } }, /^mine$/],
  ['the values of its matrix', { matrix: { arch: 'arm64' } }, /^arm64-[0-9a-f]{8}$/],
  ['its job, where there is no matrix', { matrix: null }, /^push$/],
])('a leg is called by %s', (_, identity, leg) => {
  const place = { group: 'app', index: 0, total: 1, run };

  expect(createRecord({ ...place, ...identity }, {}, new Date(0)).leg).toMatch(leg);
});

test('what the fan-in could not read is refused in the leg', () => {
  const identity = { group: 'app', leg: 'a', index: 0, total: 1, matrix: null, run };
  const outputs = { log: 'x'.repeat(70_000) };

  expect(() => createRecord(identity, { outputs }, new Date(0))).toThrow(
    /^the record of leg a cannot be read: outputs.log/,
  );
});
