import { digestOf } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { failureOf, refusalOf, writes } from './refusal.ts';

const files = { 'out/b.txt': 'bb', 'out/a.txt': 'a', 'out/c.bin': 'bb' };
const sources = { files: 'out/*', 'media-types': 'txt=text/plain\nbin=a/b' };

test('every file is a descriptor, and every distinct content is uploaded once', async () => {
  await using registry = await startRegistry();

  const { outputs, summary } = await act('push-blobs', {
    files,
    with: { image: `${registry.host}/acme/app`, ...sources },
  });

  const title = (text: string): object => ({
    annotations: { 'org.opencontainers.image.title': text },
  });
  expect(JSON.parse(outputs.descriptors ?? '')).toEqual([
    { mediaType: 'text/plain', digest: digestOf(Buffer.from('a')), size: 1, ...title('a.txt') },
    { mediaType: 'text/plain', digest: digestOf(Buffer.from('bb')), size: 2, ...title('b.txt') },
    { mediaType: 'a/b', digest: digestOf(Buffer.from('bb')), size: 2, ...title('c.bin') },
  ]);
  expect(outputs).toMatchObject({ uploaded: '2', present: '0', 'bytes-uploaded': '3' });
  expect(registry.blobs('acme/app')).toHaveLength(2);
  expect(summary).toContain('2 blobs uploaded (3 B), 0 there already.');
});

test('what is there already is left alone', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/app', 'bb');

  const { outputs } = await act('push-blobs', {
    files,
    with: { image: `${registry.host}/acme/app`, ...sources },
  });

  expect(outputs).toMatchObject({ uploaded: '1', present: '1', 'bytes-uploaded': '1' });
});

test('a dry run uploads nothing, and gives the same descriptors', async () => {
  await using registry = await startRegistry();
  const inputs = { image: `${registry.host}/acme/app`, ...sources };

  const dry = await act('push-blobs', { files, with: { ...inputs, 'dry-run': 'true' } });
  const written = writes(registry);
  const real = await act('push-blobs', { files, with: inputs });

  expect(written).toEqual([]);
  expect(dry.outputs.descriptors).toBe(real.outputs.descriptors);
  expect(dry.summary).toContain('Nothing was written; 3 blobs, 5 B in all.');
});

test.each([
  ['no files', {}, 'INPUT_INVALID', /^input "files": is required, and was not given$/],
  ['a missing file', { files: 'no.bin:a/b' }, 'INPUT_INVALID', /^input "files": no file matches/],
  ['a file of no known type', { files: 'out/*' }, 'MEDIA_TYPE_UNKNOWN', /a\.txt, b\.txt, c\.bin$/],
  [
    'files that are all excluded again',
    { files: 'out/a.txt:a/b\n!out/*' },
    'INPUT_INVALID',
    /^input "files": .*exclude/,
  ],
])('%s is refused before any upload', async (_, given, code, what) => {
  await using registry = await startRegistry();
  const inputs = { image: `${registry.host}/acme/app`, ...given };

  const result = await act('push-blobs', { files, with: inputs });

  expect(refusalOf(result, registry)).toMatchObject({ code, what: expect.stringMatching(what) });
});

test('a registry that is not there is named, with the way to it', async () => {
  await using registry = await startRegistry();
  const { host } = registry;
  await registry.close();

  const result = await act('push-blobs', {
    files,
    with: { image: `${host}/acme/app`, ...sources, 'timeout-minutes': '1' },
  });

  expect(failureOf(result)).toMatchObject({
    code: 'TRANSPORT',
    what: expect.stringMatching(
      new RegExp(`^HEAD http://${host}/v2/acme/app/blobs/.*ECONNREFUSED`),
    ),
  });
});
