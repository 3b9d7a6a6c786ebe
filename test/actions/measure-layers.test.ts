import { layersMetaText, parseLayersMeta } from '@oci-matrix/core';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { type Content, indexOf, seed } from './content.ts';
import { layeredImage, layerWith } from './layered.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { measure, measured } from './measured.ts';
import { recordOf } from './records.ts';
import { writes } from './refusal.ts';

const base = layerWith({ base: 'b'.repeat(5000) });
const app = layerWith({ app: 'a'.repeat(10) });
const next = layerWith({ app: 'n'.repeat(100_000) });
const [baseDigest, appDigest] = [base.descriptor.digest, app.descriptor.digest];

const amd64 = layeredImage('linux/amd64', base, app);
const arm64 = layeredImage('linux/arm64/v8', base, next);
const armv7 = layeredImage('linux/arm/v7', app);

const archive = (...images: readonly Content[]) => ({
  'image.tar': tarOf(layoutFiles('', ...images)),
});

const at = ({ host }: Registry, tag: string): string => `${host}/acme/app:${tag}`;

test('the document of one platform is what Foundries writes, with more behind its numbers', async () => {
  const { result, text } = await measured(archive(amd64));

  const { fs_block_size, layers, ...more } = JSON.parse(text);
  const [low, high] = [layers[baseDigest], layers[appDigest]];
  expect(result.annotations).toEqual([]);
  expect(layersMetaText(parseLayersMeta(text, 'the file'))).toBe(text);
  expect(Object.keys(JSON.parse(text)).slice(0, 2)).toEqual(['fs_block_size', 'layers']);
  expect(Object.keys(low).slice(0, 3)).toEqual(['size', 'usage', 'archive_size']);
  expect({ fs_block_size, ...more }).toEqual({
    ...{ fs_block_size: 4096, model: 'ext4-overlay2/v1', store: 'overlay2' },
  });
  expect(low).toMatchObject({ size: 5000, archive_size: base.descriptor.size, base: true });
  expect(high).toMatchObject({ size: 10, archive_size: app.descriptor.size });
  // 3 blocks beside the lowest layer and 5 beside others, 2 and 1 of the files, and the tar-split.
  expect(Math.floor(low.usage / 4096)).toBe(3 + 2);
  expect(Math.floor(high.usage / 4096)).toBe(5 + 1);
  expect(result.outputs).toMatchObject({
    size: '5010',
    usage: `${low.usage + high.usage}`,
    'archive-size': `${base.descriptor.size + app.descriptor.size}`,
  });
});

test('of several platforms the document has each by its architecture, and the outputs are of the dearest', async () => {
  const { result, text } = await measured(archive(amd64, arm64, armv7));

  const document = JSON.parse(text);
  expect(layersMetaText(parseLayersMeta(text, 'the file'))).toBe(text);
  expect(Object.keys(document)).toEqual(['amd64', 'arm', 'arm/v7', 'arm64']);
  expect(document.arm).toEqual(document['arm/v7']);
  // Here it is the lowest layer, there it is not: of one digest there is one number, the dearer.
  expect(document.arm.layers[appDigest]).toEqual(document.amd64.layers[appDigest]);
  expect(result.outputs.size).toBe('105000');
  const { platforms } = JSON.parse(result.outputs.json ?? '');
  expect(platforms.map(({ platform }: { platform: string }) => platform)).toEqual([
    ...['linux/amd64', 'linux/arm/v7', 'linux/arm64'],
  ]);
  // A layer that two platforms share is read once.
  expect(result.log.match(/^measured sha256/gm)).toHaveLength(3);
});

test('one of several platforms can be measured alone, for blocks of several sizes', async () => {
  const { result, text } = await measured(archive(amd64, arm64), {
    platforms: 'linux/arm64',
    'block-sizes': '1024,4096',
    store: 'containerd',
  });

  const { fs_block_size, layers, store } = JSON.parse(text);
  expect({ fs_block_size, store }).toEqual({ fs_block_size: 1024, store: 'containerd' });
  const { usage, usages } = layers[baseDigest];
  expect(usages).toEqual({ 1024: usage, 4096: expect.any(Number) });
  expect(result.summary).toContain('| On disk | In blocks of 4096 | Inodes |');
});

test('what a file of an earlier run knows is not read again, and no file is no trouble', async () => {
  const first = await measured(archive(amd64));

  const { result, text } = await measured(
    { ...archive(amd64), 'known.json': first.text },
    { 'known-file': 'known.json\nlost.json' },
  );

  expect(text).toBe(first.text);
  expect(result.log.match(/^known sha256/gm)).toHaveLength(2);
  expect(result.log).not.toMatch(/^measured/m);
  expect(result.log).toContain('there is no file lost.json of layer metadata');
});

test('an image in a registry is measured where it is, and nothing is written', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', indexOf([amd64, arm64]), '1.0');
  const here = await measured(archive(amd64, arm64));

  const there = await measured({}, { source: `docker://${at(registry, '1.0')}` });

  expect(there.text).toBe(here.text);
  expect(writes(registry)).toEqual([]);
});

test('what a leg pushed is measured by its record', async () => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;
  const files = archive(amd64);
  const pushed = await act('push-manifest', {
    files,
    with: { image, source: 'oci-archive:image.tar' },
  });
  const record = pushed.outputs.record ?? '';

  const { result, text } = await measured({}, { source: '', 'leg-record': record, image });

  expect(text).toBe((await measured(files)).text);
  expect(JSON.parse(result.outputs.json ?? '').platforms).toEqual([
    expect.objectContaining({ digest: amd64.descriptor.digest }),
  ]);
});

test('a record that says where its leg pushed needs no image', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', amd64);
  const record = { ...recordOf(amd64), image: `${registry.host}/acme/app` };

  const { text } = await measured({}, { source: '', 'leg-record': JSON.stringify(record) });

  expect(text).toBe((await measured(archive(amd64))).text);
});

test('with cache the document is put beside the image once, and is all that the next run reads', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', indexOf([amd64, arm64]), '1.0');
  const given = { source: `docker://${at(registry, '1.0')}`, cache: 'true' };
  const dry = await measure({}, { ...given, 'dry-run': 'true' });
  const dryWrites = writes(registry);

  const first = await measured({}, given);
  registry.clearRequests();
  const again = await measured({}, given);

  expect(dry.exitCode).toBe(0);
  expect(dryWrites).toEqual([]);
  expect(first.result.log.match(/^attached sha256/gm)).toHaveLength(2);
  expect(again.text).toBe(first.text);
  expect(again.result.log.match(/^known sha256/gm)).toHaveLength(3);
  expect(writes(registry)).toEqual([]);
  expect(registry.requests('GET', new RegExp(`blobs/${baseDigest}`))).toEqual([]);
});

test('with cache a new image reads no layer that it shares with the one before', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', amd64, '1.0');
  seed(registry, 'acme/app', layeredImage('linux/amd64', base, next), '1.1');
  await measure({}, { source: `docker://${at(registry, '1.0')}`, cache: 'true' });
  registry.clearRequests();

  await measure(
    {},
    {
      source: `docker://${at(registry, '1.1')}`,
      'compare-with': at(registry, '1.0'),
      cache: 'true',
    },
  );

  expect(registry.requests('GET', new RegExp(`blobs/${baseDigest}`))).toEqual([]);
  expect(registry.requests('GET', new RegExp(`blobs/${next.descriptor.digest}`))).toHaveLength(1);
});
