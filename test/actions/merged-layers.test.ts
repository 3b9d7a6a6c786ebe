import { readFileSync } from 'node:fs';
import { digestOf } from '@oci-matrix/oci';
import { type ActionResult, startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type ActOptions, act } from './act.ts';
import { imageOf, linux, seed } from './content.ts';
import { layeredImage, layerWith } from './layered.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { faultsBy } from './pushed.ts';
import { needsOf } from './records.ts';
import { failureOf, refusalOf } from './refusal.ts';

const layer = { size: 32, usage: 33_243, archive_size: 230 };
const metaOf = (name: string, more: object = {}) => ({
  fs_block_size: 4096,
  layers: { [digestOf(name)]: { ...layer, ...more } },
});

/** Runs an action, and reads the layer metadata that it leaves behind, which goes with the job. */
async function merged(
  action: string,
  options: ActOptions,
): Promise<{ result: ActionResult; text: string | undefined }> {
  let text: string | undefined;
  const result = await act(action, {
    ...options,
    onEvent: (event) => {
      const line = event.type === 'log' ? event.line : '';
      const [, path] = /^wrote (.*layers-meta.*)$/.exec(line) ?? [];
      if (path !== undefined) text = readFileSync(path, 'utf8');
    },
  });
  return { result, text };
}

const legs = [
  { leg: 'amd64', layers: { amd64: metaOf('a') } },
  { leg: 'arm64', layers: { arm64: metaOf('b') } },
  { leg: 'none' },
];
const aggregate = (all: Parameters<typeof needsOf>[0]) =>
  merged('aggregate-outputs', { with: { needs: needsOf(all) } });

test('the layer metadata of all legs is one file, in the bytes of Foundries', async () => {
  const { result, text } = await aggregate(legs);

  expect(result.annotations).toEqual([]);
  expect(result.outputs['layers-meta-file']).toMatch(
    /oci-matrix-layers-meta-app-[0-9a-f]{8}\.json$/,
  );
  expect(text).toBe(
    `{"amd64":{"fs_block_size":4096,"layers":{"${digestOf('a')}":{"size":32,"usage":33243,"archive_size":230}}},"arm64":{"fs_block_size":4096,"layers":{"${digestOf('b')}":{"size":32,"usage":33243,"archive_size":230}}}}`,
  );
  expect(faultsBy('layers-meta-v1.json', text)).toEqual([]);
  expect(faultsBy('records-v1.json', result.outputs.records)).toEqual([]);
});

test('where no leg measured there is no such file', async () => {
  const { result } = await aggregate([{ leg: 'none' }]);

  expect(result.outputs).toMatchObject({ complete: 'true' });
  expect(result.outputs['layers-meta-file']).toBeUndefined();
});

test('legs that contradict each other are one error that names both, and nothing is published', async () => {
  await using registry = await startRegistry();
  const image = imageOf(linux('amd64'));
  seed(registry, 'acme/app', image);
  const needs = needsOf([
    { leg: 'one', layers: { amd64: metaOf('a') }, group: 'acme/app', descriptor: image.descriptor },
    { leg: 'two', layers: { arm64: metaOf('a', { usage: 1 }) }, group: 'acme/app' },
  ]);
  const inputs = { needs, image: `${registry.host}/acme/app`, tags: '1.0' };

  const published = await act('publish', { with: inputs });
  const aggregated = await act('aggregate-outputs', { with: { needs } });

  const refusal = {
    code: 'LAYERS_META_INVALID',
    what: `the layer ${digestOf('a')} has usage 33243 in leg one (amd64), and 1 in leg two (arm64)`,
  };
  expect(refusalOf(published, registry)).toMatchObject(refusal);
  expect(failureOf(aggregated)).toMatchObject(refusal);
});

test('two variants of one architecture are a warning, since devices know of none', async () => {
  const { result, text } = await aggregate([
    { leg: 'six', layers: { 'arm/v6': metaOf('a') } },
    { leg: 'seven', layers: { 'arm/v7': metaOf('b') } },
  ]);

  expect(Object.keys(JSON.parse(text ?? ''))).toEqual(['arm/v6', 'arm/v7']);
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message: expect.stringMatching(/^the layer metadata has several variants of arm:/),
    },
  ]);
});

test('what measure-layers wrote travels with the leg that pushes the image, and is there after publish', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  const image = `${registry.host}/acme/app`;
  const tar = layerWith({ 'a.txt': 'some text' });
  const content = layeredImage('linux/arm/v7', tar);
  const meta = JSON.stringify({
    fs_block_size: 4096,
    layers: { [tar.descriptor.digest]: layer },
  });

  const pushed = await act('push-manifest', {
    service,
    files: { 'image.tar': tarOf(layoutFiles('', content)), 'meta.json': meta },
    with: {
      image,
      source: 'oci-archive:image.tar',
      'layers-meta-file': 'meta.json',
      record: 'both',
    },
  });
  const { result, text } = await merged('publish', { service, with: { image, tags: '1.0' } });

  expect(faultsBy('leg-record-v1.json', pushed.outputs.record)).toEqual([]);
  expect(JSON.parse(pushed.outputs.record ?? '').layers).toEqual({ 'arm/v7': JSON.parse(meta) });
  expect(result.annotations).toEqual([]);
  expect(JSON.parse(text ?? '')).toEqual({ arm: JSON.parse(meta), 'arm/v7': JSON.parse(meta) });
});

test.each([
  ['is not there', 'absent.json', 'FILE_NOT_FOUND', /^there is no file absent\.json/],
  ['is none', 'none.json', 'LAYERS_META_INVALID', /of none\.json cannot be read/],
  [
    'is of one platform, where the artifact has none',
    'one.json',
    'INPUT_INVALID',
    /^one\.json is layer metadata of one platform, and what is pushed has none$/,
  ],
  [
    'contradicts another',
    'many.json\nother.json',
    'LAYERS_META_INVALID',
    /has usage 33243 in many\.json \(amd64\), and 1 in other\.json \(amd64\)$/,
  ],
])(
  'a file of layer metadata that %s is refused before anything is pushed',
  async (_, lines, code, what) => {
    await using registry = await startRegistry();

    const result = await act('push-manifest', {
      files: {
        a: 'x',
        'none.json': '{"amd64":1}',
        'one.json': JSON.stringify(metaOf('a')),
        'many.json': JSON.stringify({ amd64: metaOf('a') }),
        'other.json': JSON.stringify({ amd64: metaOf('a', { usage: 1 }) }),
      },
      with: { image: `${registry.host}/acme/app`, files: 'a:a/b', 'layers-meta-file': lines },
    });

    expect(refusalOf(result, registry)).toMatchObject({ code, what: expect.stringMatching(what) });
  },
);
