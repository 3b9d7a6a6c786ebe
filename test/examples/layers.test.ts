import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '@oci-matrix/oci';
import { type Registry, type Run, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { wholeCheckout } from '../flows/kit/checkout.ts';
import { manifestAt, publishedAt } from '../flows/kit/published.ts';
import { runOn } from '../flows/kit/run.ts';
import { released, reusableFiles } from './run-example.ts';
import { standIns, withStandIns } from './stand-ins.ts';

const builder = 'stand-ins/docker/setup-buildx-action/build-image.mjs';

/** The stand-in for a build, with a layer below its own that all platforms share. */
async function withSharedLayer(): Promise<Record<string, string>> {
  const script = (await standIns())[builder] ?? '';
  const changed = [
    [
      'const layer = tar(',
      "const low = tar({ 'system.txt': Buffer.alloc(9000, 7) });\nconst layer = tar(",
    ],
    ['diff_ids: [', `diff_ids: [\`sha256:\${sha256(low)}\`, `],
    ['layers: [', "layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(low)), "],
  ].reduce((text, [from = '', to = '']) => text.replace(from, to), script);
  return reusableFiles({ [builder]: changed });
}

const run = async (
  registry: Registry,
  { edit = (text: string) => text, installed = '' } = {},
): Promise<Run> => {
  const workflow = 'examples/layers.yml';
  const text = await readFile(join(wholeCheckout, workflow), 'utf8');
  return runOn(registry, edit(withStandIns(text)), {
    ...released,
    workflow,
    files: await withSharedLayer(),
    vars: { REGISTRY: `${registry.host}/acme`, INSTALLED: installed },
  });
};

/** Those of the example, and what they run on. */
const devices = [
  ['gateway', 'amd64'],
  ['kiosk', 'arm64'],
  ['sensor', 'arm/v7'],
] as const;

interface Layer {
  readonly size: number;
  readonly usage: number;
  readonly archive_size: number;
}

/** What the App's manifest carries, by architecture. */
function carried(registry: Registry, app: string) {
  const { layers, ...manifest } = manifestAt(registry, 'acme/web-app', app);
  const [archive, meta] = layers;
  const text = new TextDecoder().decode(registry.blob('acme/web-app', meta?.digest as Digest));
  const document: Record<string, { layers: Record<string, Layer> }> = JSON.parse(text);
  return { manifest, archive, meta, text, document };
}

/** The layers of the published image by architecture, as its manifests name them. */
function layersOfImage(registry: Registry): Record<string, readonly string[]> {
  const entries = publishedAt(registry, 'acme/web', 'latest')?.index.manifests ?? [];
  return Object.fromEntries(
    entries.map(({ digest, platform }) => [
      [platform?.architecture, platform?.variant].filter(Boolean).join('/'),
      manifestAt(registry, 'acme/web', digest).layers.map((layer) => layer.digest),
    ]),
  );
}

const fitOn = (done: Run, device: string) => {
  const { conclusion, steps } = done.job(`fit on ${device}`);
  return { conclusion, outputs: steps.find(({ id }) => id === 'fit')?.outputs ?? {} };
};

test('an App carries what its legs measured, and every device is answered before its tag is there', async () => {
  await using registry = await startRegistry();

  await using done = await run(registry);

  expect(done.conclusion).toBe('success');
  const { manifest, archive, meta, document } = carried(registry, 'v1.2.3');
  expect(manifest).toMatchObject({
    artifactType: 'application/vnd.fio+compose-app',
    annotations: { 'compose-app': 'v1' },
  });
  expect(meta?.annotations).toMatchObject({ 'layers-meta': 'v1' });
  const images = layersOfImage(registry);
  // Devices look for "arm"; which one it is stays there beside it.
  expect(Object.keys(document)).toEqual(['amd64', 'arm', 'arm/v7', 'arm64']);
  expect(document.arm).toEqual(document['arm/v7']);
  for (const [architecture, digests] of Object.entries(images)) {
    expect(Object.keys(document[architecture]?.layers ?? {})).toEqual([...digests].sort());
  }
  for (const [device, architecture] of devices) {
    const layers = Object.values(document[architecture]?.layers ?? {});
    const required = layers.reduce((sum, layer) => sum + layer.archive_size + layer.usage, 0);
    const { outputs } = fitOn(done, device);
    expect(outputs).toMatchObject({ fits: 'true', required: `${required + (archive?.size ?? 0)}` });
  }
  expectNumbersOfFiles(document.arm?.layers ?? {}, images['arm/v7'] ?? []);
});

/** What the two layers of an image for arm/v7 take, counted by hand in blocks of 4096 bytes. */
function expectNumbersOfFiles(
  layers: Readonly<Record<string, Layer>>,
  digests: readonly string[],
): void {
  const [low, high] = digests.map((digest) => layers[digest] ?? { size: 0, usage: 0 });

  const text = 'hello from . for linux/arm/v7\n';
  expect([low?.size, high?.size]).toEqual([9000, text.length]);
  // 3 blocks beside the lowest layer and 5 beside others, 3 and 1 of their files; the rest is the tar-split.
  const rests = [(low?.usage ?? 0) - (3 + 3) * 4096, (high?.usage ?? 0) - (5 + 1) * 4096];
  expect(Math.min(...rests)).toBeGreaterThan(80);
  expect(Math.max(...rests)).toBeLessThan(400);
}

test('a repeat gives the same App, of which a device that has a layer needs only the other', async () => {
  await using registry = await startRegistry();
  await using first = await run(registry);
  const [low = '', high = ''] = layersOfImage(registry)['arm/v7'] ?? [];

  await using again = await run(registry, { installed: low });

  const { digest } = first.job('app').outputs;
  expect(digest).toBe(registry.manifest('acme/web-app', 'v1.2.3')?.digest);
  expect(again.job('app').outputs.digest).toBe(digest);
  const { archive, document } = carried(registry, 'v1.2.3');
  const { usage = 0, archive_size = 0 } = document.arm?.layers[high] ?? {};
  const required = usage + archive_size + (archive?.size ?? 0);
  expect(fitOn(again, 'sensor').outputs.required).toBe(`${required}`);
});

test('an App that does not fit on one device gets no tag, and the others have their answers', async () => {
  await using registry = await startRegistry();
  const edit = (text: string): string => text.replace('free: 262144 }', 'free: 183505 }');

  await using done = await run(registry, { edit });
  expect(done.conclusion).toBe('failure');
  expect(done.job('fit on sensor').conclusion).toBe('failure');
  expect(fitOn(done, 'gateway').outputs.fits).toBe('true');
  expect(done.job('release').conclusion).toBe('skipped');
  expect(registry.tags('acme/web-app')).toEqual([]);
});
