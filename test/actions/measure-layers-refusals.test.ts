import { emptyDescriptor } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { contentOf, indexOf, seed } from './content.ts';
import { layeredImage, layerWith } from './layered.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { recordOf } from './records.ts';
import { failureOf, refusalOf } from './refusal.ts';

const layer = layerWith({ file: 'text' });
const image = layeredImage('linux/amd64', layer);
const both = [image, layeredImage('linux/arm64', layer)];
const files = {
  'image.tar': tarOf(layoutFiles('', ...both)),
  'bad.json': '[]',
  'one.json': '{"fs_block_size":4096,"layers":{}}',
  'small.json': '{"amd64":{"fs_block_size":1024,"layers":{}}}',
  'other.json': '{"arm64":{"fs_block_size":4096,"layers":{},"model":"ext4-containerd/v1"}}',
};
const noDescriptor = JSON.stringify(recordOf({ leg: 'a' }));
const noImage = JSON.stringify(recordOf({ leg: 'a', descriptor: emptyDescriptor }));

test.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
  ['no image', { source: '' }, 'INPUT_INVALID', /^input "source": no image was given$/],
  ['two images', { 'leg-record': noImage }, 'INPUT_INVALID', /^input "source": leg-record names/],
  ['a source of no kind', { source: 'image.tar' }, 'INPUT_INVALID', /"image\.tar" is of no kind/],
  ['a file that is not there', { source: 'oci-archive:x' }, 'SOURCE_INVALID', /^x is not/],
  [
    'an image beside a source',
    { image: 'ghcr.io/acme/app' },
    'INPUT_INVALID',
    /^input "image": be/,
  ],
  [
    'a record without what was pushed',
    { source: '', 'leg-record': noDescriptor },
    'INPUT_INVALID',
    /^input "leg-record": the leg "a" pushed nothing$/,
  ],
  [
    'a record that does not say where',
    { source: '', 'leg-record': noImage },
    'INPUT_INVALID',
    /^input "image": is missing/,
  ],
  [
    'a record that is none',
    { 'leg-record': '{}' },
    'INPUT_INVALID',
    /^input "leg-record": the rec/,
  ],
  ['a platform it does not have', { platforms: 'linux/s390x' }, 'SOURCE_INVALID', /linux\/s390x/],
  ['a block size of no disk', { 'block-sizes': '4096,1000' }, 'INPUT_INVALID', /^1000 is no block/],
  ['a block size that is no number', { 'block-sizes': '4k' }, 'INPUT_INVALID', /"4k" is no number/],
  ['a store that there is not', { store: 'vfs' }, 'INPUT_INVALID', /^input "store": "vfs" is no c/],
  [
    'a cache for a file',
    { cache: 'true' },
    'INPUT_INVALID',
    /^input "cache": is for images in a r/,
  ],
  ['a known file of something else', { 'known-file': 'bad.json' }, 'LAYERS_META_INVALID', /bad\./],
  ['growth from nothing', { 'max-growth': '1' }, 'INPUT_INVALID', /^input "max-growth": needs an/],
  [
    'a comparison with nothing',
    { 'compare-with': 'lost.json' },
    'INPUT_INVALID',
    /^"lost\.json" in compare-with is no file that is there, and no image/,
  ],
  [
    'a comparison with a file of one platform',
    { 'compare-with': 'one.json' },
    'INPUT_INVALID',
    /^one\.json in compare-with is of one platform, and 2 were measured$/,
  ],
  [
    'a comparison with other blocks',
    { 'compare-with': 'small.json' },
    'INPUT_INVALID',
    /^small\.json in compare-with counts blocks of 1024 bytes by .*, and this run blocks of 4096 b/,
  ],
  [
    'a comparison with another store',
    { 'compare-with': 'other.json' },
    'INPUT_INVALID',
    /by ext4-containerd\/v1, and this run .* by ext4-overlay2\/v1$/,
  ],
  ['a budget in no unit', { 'max-usage': '2GB' }, 'INPUT_INVALID', /"2GB" in max-usage is no amou/],
  ['a budget for no platform', { 'max-usage': 'arm=1' }, 'INPUT_INVALID', /not a platform: "arm"/],
  [
    'a second budget for a platform',
    { 'max-usage': '1\nlinux/arm64=2\nlinux/arm64/v8=3' },
    'INPUT_INVALID',
    /"linux\/arm64\/v8=3" in max-usage is a second amount/,
  ],
])('%s is an error', async (_, given, code, what) => {
  const result = await act('measure-layers', {
    files,
    with: { source: 'oci-archive:image.tar', ...given },
  });

  expect(failureOf(result)).toMatchObject({ code, what: expect.stringMatching(what) });
});

test('a layer that is not what its digest says is named, and nothing is attached', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', indexOf(both), '1.0');
  const broken = { ...layer, ...contentOf(Buffer.from('no tar'), 'application/x-tar') };
  seed(registry, 'acme/app', layeredImage('linux/amd64', { ...broken, tar: layer.tar }), 'bad');

  const result = await act('measure-layers', {
    with: { source: `docker://${registry.host}/acme/app:bad`, cache: 'true' },
  });

  expect(refusalOf(result, registry)).toMatchObject({
    code: expect.stringMatching(/^(?:LAYER_INVALID|DIGEST_MISMATCH|LAYER_NOT_RUNNABLE)$/),
    what: expect.stringContaining(broken.descriptor.digest),
  });
});

test('an image that is not in the registry is an error, and so is one that may not be read', async () => {
  await using registry = await startRegistry();
  const source = `docker://${registry.host}/acme/app:1.0`;

  const absent = await act('measure-layers', { with: { source } });
  registry.fail('*', /manifests/, { status: 403, code: 'DENIED', times: 2 });
  const denied = await act('measure-layers', { with: { source } });

  expect(failureOf(absent).code).toBe('MANIFEST_UNKNOWN');
  expect(failureOf(denied).code).toBe('DENIED');
});
