import { mediaTypes, parseManifest } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeMembers,
  emptyIndex,
  entryOf,
  type IndexDocument,
  readIndex,
  writeIndex,
} from './index-document.ts';
import { imageFor } from './test-kit/records.ts';

const read = (bytes: Uint8Array): IndexDocument => {
  const parsed = parseManifest(bytes, mediaTypes.imageIndex);
  if (parsed.kind !== 'index') throw new Error('not an index');
  return readIndex(bytes, parsed.index);
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const amd64 = imageFor('linux/amd64');
const entry = `{ "digest" : "${amd64.digest}",\t"mediaType":"${mediaTypes.imageManifest}" ,
      "size":1e3, "annotations": {"note":"a \\u0026 b, ] } \\"c\\""}, "x-later": [1.0, {"k":-0}]}`;
const members = [
  `"x-first": { "n": 1e3 , "s":"\\u00e9" }`,
  `"annotations":{"z":"1" , "a" : "2"}`,
  `"artifactType":"application/vnd.example"`,
  `"subject" : {"mediaType":"${mediaTypes.imageManifest}","digest":"${amd64.digest}","size" :12 }`,
];
const source = `{
  ${members.slice(0, 2).join(',\n')},
  "schemaVersion": 2,
  "manifests": [
    ${entry},
    ${entry} ],
  ${members.slice(2).join(',')}
}
`;

test('what another tool wrote comes back byte for byte: every entry, every member', () => {
  const text = textOf(writeIndex(read(bytesOf(source))));

  expect(text).toContain(`"manifests":[${entry},${entry}]`);
  expect(text).toContain(`"x-first":{ "n": 1e3 , "s":"\\u00e9" }`);
  expect(text).toContain(`"annotations":{"z":"1" , "a" : "2"}`);
  expect(text).toContain(`"subject":{"mediaType"`);
  expect(text).toContain(`"size" :12 }`);
  expect(text).toMatch(
    /^\{"schemaVersion":2,"mediaType":"application\/vnd.oci.image.index.v1\+json","artifactType":/,
  );
});

test('reading what was written and writing it gives the same bytes', () => {
  const once = writeIndex(read(bytesOf(source)));

  expect(textOf(writeIndex(read(once)))).toBe(textOf(once));
});

test('any JSON in a field that we do not know survives', () => {
  const layout = fc.record({ value: fc.jsonValue(), indent: fc.constantFrom(0, 1, 7) });
  fc.assert(
    fc.property(layout, ({ value, indent }) => {
      const unknown = JSON.stringify({ ...amd64, later: value }, null, indent);
      const bytes = bytesOf(`{"schemaVersion":2,"manifests":[${unknown}],"later":${unknown}}`);

      const text = textOf(writeIndex(read(bytes)));

      expect(text).toContain(`"manifests":[${unknown}],"later":${unknown}}`);
    }),
  );
});

test('our annotations go over those that are there, and what says the same stays', () => {
  const document = read(bytesOf(source));
  const subject = { mediaType: mediaTypes.imageManifest, digest: amd64.digest, size: 12 };

  const same = changeMembers(document, { annotations: { a: '2' }, subject });
  const changed = changeMembers(document, {
    annotations: { a: '3', b: '4' },
    artifactType: 'application/vnd.ours',
  });

  expect(same).toEqual(document);
  expect(changed.members.get('annotations')).toBe('{"a":"3","b":"4","z":"1"}');
  expect(changed.members.get('artifactType')).toBe('"application/vnd.ours"');
  expect(changed.members.get('x-first')).toBe(document.members.get('x-first'));
});

test('an index without annotations, or with null for them, takes ours', () => {
  for (const text of [
    '{"schemaVersion":2,"manifests":[]}',
    '{"schemaVersion":2,"manifests":[],"annotations":null}',
  ]) {
    const { members } = changeMembers(read(bytesOf(text)), { annotations: { a: '1' } });

    expect(members.get('annotations')).toBe('{"a":"1"}');
  }
});

test('a new index has nothing but what it needs', () => {
  const document = { ...emptyIndex, entries: [entryOf(amd64)] };

  expect(JSON.parse(textOf(writeIndex(document)))).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: [amd64],
  });
});
