import { readdirSync, readFileSync } from 'node:fs';
import { legId, parseLayersMeta, parseRecord, parseRecords } from '@oci-matrix/core';
import { expect, test } from 'vitest';
import { schemas } from '../packages/core/src/schemas.ts';
import { recordOf, recordsOf } from './actions/records.ts';
import { schemaFaults } from './schema-faults.ts';

const folder = new URL('../schemas/', import.meta.url);
const schemaIn = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

test('the files in schemas/ are what the parsers are made of', () => {
  const files = Object.fromEntries(readdirSync(folder).map((file) => [file, schemaIn(file)]));

  expect(files).toEqual(schemas);
});

const descriptor = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: `sha256:${'0'.repeat(64)}`,
  size: 7,
} as const;

const signature = {
  subject: descriptor.digest,
  format: 'bundle',
  descriptor,
  signedBy: { key: descriptor.digest },
};
const identity = { identity: 'https://github.com/acme/app', issuer: 'https://issuer.test' };

const good = [
  recordOf({}),
  recordOf({ descriptor, outputs: { a: '1' } }),
  recordOf({ children: [{ ...descriptor, platform: { os: 'linux', architecture: 'arm64' } }] }),
  { ...recordOf({}), matrix: { arch: 'arm64', deep: { list: [1, null] } }, unknown: true },
  { ...recordOf({}), leg: legId({ arch: 'arm64' }), image: 'ghcr.io/acme/app' },
  { ...recordOf({}), signatures: [signature, { ...signature, signedBy: identity }] },
];

const bad: readonly [string, unknown][] = [
  ['null', null],
  ['another schema', { ...recordOf({}), schema: 'oci-matrix/leg-record/v2' }],
  ['no group', { ...recordOf({}), group: '' }],
  ['a negative index', { ...recordOf({}), index: -1 }],
  ['a total of nothing', { ...recordOf({}), total: 0 }],
  ['half a leg', { ...recordOf({}), index: 0.5 }],
  ['a name without end', { ...recordOf({}), leg: 'x'.repeat(601) }],
  ['an output that is a number', { ...recordOf({}), outputs: { a: 1 } }],
  ['a digest that is none', { ...recordOf({}), descriptor: { ...descriptor, digest: 'sha256:1' } }],
  [
    'a descriptor without a size',
    { ...recordOf({}), descriptor: { ...descriptor, size: undefined } },
  ],
  ['a signature by nobody', { ...recordOf({}), signatures: [{ ...signature, signedBy: {} }] }],
  ['a signature of no form', { ...recordOf({}), signatures: [{ ...signature, format: 'pgp' }] }],
  ['a matrix that is a list', { ...recordOf({}), matrix: [] }],
  ['a day that does not exist', { ...recordOf({}), finishedAt: '2026-02-30T00:00:00Z' }],
  [
    'an attempt before the first',
    { ...recordOf({}), run: { id: '1', number: 1, attempt: 0, job: 'a' } },
  ],
];

const legRecord = schemaIn('leg-record-v1.json');
const accepts = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

test.each(good)('a record that is one is one for the schema and for the parser: %#', (record) => {
  const text = JSON.stringify(record);

  expect(schemaFaults(legRecord, JSON.parse(text))).toEqual([]);
  expect(accepts(() => parseRecord(text, 'a test'))).toBe(true);
});

test.each(bad)('a record with %s is none for the schema and none for the parser', (_, record) => {
  const text = JSON.stringify(record);

  expect(schemaFaults(legRecord, JSON.parse(text))).not.toEqual([]);
  expect(accepts(() => parseRecord(text, 'a test'))).toBe(false);
});

test.each([
  ['complete', recordsOf([{ descriptor }, {}]), true],
  ['incomplete', recordsOf([{}], ['push (arm64)']), true],
  ['empty', recordsOf([]), true],
  [
    'of records that are none',
    JSON.stringify({ ...JSON.parse(recordsOf([])), records: [1] }),
    false,
  ],
  ['without a list of what is missing', recordsOf([]).replace('"missing":[],', ''), false],
])('a document that is %s is the same to the schema and to the parser', (_, text, isOne) => {
  expect(schemaFaults(schemaIn('records-v1.json'), JSON.parse(text)).length === 0).toBe(isOne);
  expect(accepts(() => parseRecords(text, 'a test'))).toBe(isOne);
});

const measured = {
  fs_block_size: 4096,
  layers: { [descriptor.digest]: { size: 32, usage: 33_243 } },
};
const layer = (more: object) => ({
  ...measured,
  layers: { [descriptor.digest]: { size: 32, usage: 33_243, ...more } },
});

test.each([
  ['of one platform', measured, true],
  ['of several platforms', { amd64: measured, 'arm/v7': measured }, true],
  [
    'with all that we measure',
    { ...layer({ base: true, usages: { '1024': 7 } }), store: 'overlay2' },
    true,
  ],
  ['with what nobody knows', layer({ colour: 'blue' }), true],
  ['of a negative size', layer({ size: -1 }), false],
  ['of half a byte', layer({ usage: 0.5 }), false],
  ['of a store that is none', { ...measured, store: 'drawer' }, false],
  ['without blocks', { layers: {} }, false],
  ['of a layer that is none', { ...measured, layers: { alpine: { size: 1, usage: 1 } } }, false],
])('layer metadata %s is the same to the schema and to the parser', (_, document, isOne) => {
  const text = JSON.stringify(document);

  expect(schemaFaults(schemaIn('layers-meta-v1.json'), document).length === 0).toBe(isOne);
  expect(accepts(() => parseLayersMeta(text, 'a test'))).toBe(isOne);
});

test('a schema with a rule that the check does not know is no success', () => {
  expect(() => schemaFaults({ dependentRequired: {} }, {})).toThrow('unknown keyword');
});
