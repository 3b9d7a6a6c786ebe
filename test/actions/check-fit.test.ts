import { digestOf, encodedOf, mediaTypes } from '@oci-matrix/oci';
import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type ActOptions, act } from './act.ts';
import { imageOf, indexOf, linux, seed } from './content.ts';
import { failureOf, writes } from './refusal.ts';

const blob = (name: string) => digestOf(name);

/** The layers of a published sample. */
const sample = {
  [blob('a')]: { size: 0, usage: 20_562, archive_size: 32 },
  [blob('b')]: { size: 32, usage: 33_243, archive_size: 230 },
  [blob('c')]: { size: 4, usage: 41_279, archive_size: 156 },
  [blob('d')]: { size: 4_206_620, usage: 4_781_861, archive_size: 2_107_173 },
};
const metaOf = (layers: object): string =>
  JSON.stringify({ amd64: { fs_block_size: 4096, layers } });

/** A disk of which so many blocks of 512 bytes are free, and nothing is to stay so. */
const disk = (blocks: number) => ({
  'block-size': '512',
  blocks: '1000000',
  'blocks-free': `${blocks}`,
  reserve: '0',
});

const lite = { engine: 'aktualizr-lite', architecture: 'amd64' };

const check = (
  given: Readonly<Record<string, string>>,
  { files = {}, ...options }: ActOptions = {},
): Promise<ActionResult> =>
  act('check-fit', {
    files: { 'meta.json': metaOf(sample), ...files },
    with: { ...lite, ...disk(100_000), ...given },
    ...options,
  });

const fromFile = { 'layers-meta-file': 'meta.json' };

test('the sample requires 6984536 bytes of an empty device', async () => {
  const { outputs, annotations, summary } = await check(fromFile);

  expect(annotations).toEqual([]);
  expect(outputs).toMatchObject({
    fits: 'true',
    required: '6984536',
    available: '51200000',
    'short-by': '0',
  });
  expect(JSON.parse(outputs.json ?? '')).toMatchObject({
    schema: 'oci-matrix/fit/v1',
    engine: 'aktualizr-lite',
    volumes: [{ volume: 'disk', required: 6_984_536, fits: true }],
    missing: { count: 4, largest: [{ digest: blob('d') }, {}, {}, {}] },
  });
  expect(summary).toMatch(/^### The update fits\n/);
});

test.each([
  ['the listing of its blob store', 'blobs.txt'],
  ['a digest', blob('d')],
  ['a digest without its algorithm', encodedOf(blob('d'))],
])('where the device has the last layer, by %s, it requires 95502 bytes', async (_, line) => {
  const { outputs } = await check(
    { ...fromFile, installed: line },
    { files: { 'blobs.txt': `${encodedOf(blob('d'))}\n` } },
  );

  expect(outputs.required).toBe('95502');
});

test('what does not fit is told, and fails nothing', async () => {
  const { exitCode, outputs, annotations, summary } = await check({ ...fromFile, ...disk(1000) });

  expect(exitCode).toBe(0);
  expect(outputs).toMatchObject({ fits: 'false', available: '512000', 'short-by': '6472536' });
  expect(annotations).toEqual([
    expect.objectContaining({
      level: 'notice',
      message: 'The update does not fit: disk is short by 6.2 MiB',
    }),
  ]);
  const [title, , by] = summary.split('\n');
  expect(title).toBe('### The update does not fit: disk is short by 6.2 MiB');
  expect(by).toBe('For <code>amd64</code>, by the rules of <code>aktualizr-lite</code>.');
  expect(summary).toContain(
    '| disk | 6.7 MiB (6984536) | 500.0 KiB (512000) | 6.2 MiB (6472536) |',
  );
  expect(summary).toMatch(/4 missing layers, the largest first[\s\S]*\| 2\.0 MiB \| 4\.6 MiB \|/);
});

test('with fail-if what does not fit is one error, and the summary is there all the same', async () => {
  const result = await check({ ...fromFile, ...disk(1000), 'fail-if': 'too-large' });

  expect(failureOf(result)).toEqual({
    code: 'TOO_LARGE',
    what: 'the update does not fit by the rules of aktualizr-lite: the disk volume lacks 6472536 bytes (6984536 required, 512000 available)',
    hint: expect.stringMatching(/largest layers in the summary/),
  });
  expect(result.summary).toMatch(/^### The update does not fit/);
});

test('of two disks the outputs are of the one that lacks more', async () => {
  const docker = { 'docker-block-size': '512', 'docker-blocks': '1000', 'docker-blocks-free': '9' };

  const { outputs, summary } = await check({ ...fromFile, ...docker });

  expect(outputs).toMatchObject({ required: '4876945', available: '4608', fits: 'false' });
  expect(summary).toMatch(/\| store \| .* \| fits \|\n\| docker \| .* \|/);
});

test('Apps that fit alone and not together do not fit, and an engine that says they do is contradicted', async () => {
  const files = {
    'one.json': metaOf({ [blob('x')]: { size: 1, usage: 60_000, archive_size: 10_000 } }),
    'two.json': metaOf({ [blob('y')]: { size: 1, usage: 60_000, archive_size: 10_000 } }),
  };
  const given = { 'layers-meta-file': 'one.json\ntwo.json', ...disk(200) };

  const strict = await check({ ...given, engine: 'strict' }, { files });
  const engine = await check(given, { files });

  expect(strict.outputs.fits).toBe('false');
  expect(engine.outputs.fits).toBe('true');
  expect(engine.annotations).toEqual([
    expect.objectContaining({
      level: 'warning',
      message: expect.stringMatching(/^aktualizr-lite says yes, and yet the disk volume is short/),
    }),
  ]);
});

const index = indexOf([imageOf(linux('amd64')), imageOf(linux('arm64'), 2)]);
const at = ({ host }: Registry, tag: string): string => `${host}/acme/app:${tag}`;

test('an image that nobody measured gives an estimate, with its reason', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', index, '1.0');

  const { outputs, summary } = await check({ image: at(registry, '1.0'), architecture: 'arm64' });

  expect(outputs.required).toBe(`${6 * 2048}`);
  expect(summary).toMatch(
    /For all layers of .*acme\/app:1\.0 5 times the compressed size counts, since nothing measured it\./,
  );
  expect(writes(registry)).toEqual([]);
});

test('layers of an image that is installed are there', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', index, '1.0');
  const image = at(registry, '1.0');

  const { outputs, summary } = await check({ image, installed: image });

  expect(outputs.required).toBe('0');
  expect(summary).toContain('The device has all layers.');
});

test('a clean-up gives back what the update does not need', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', index, '1.0');

  const { outputs, summary } = await check({
    ...fromFile,
    ...disk(1000),
    'clean-up': at(registry, '1.0'),
  });

  const { cleanUp } = JSON.parse(outputs.json ?? '');
  expect(cleanUp).toMatchObject({ bytes: { disk: 1024 }, fits: false });
  expect(summary).toContain(
    'The clean-up gives back at least 1.0 KiB (1024) on disk: it does not fit then either.',
  );
});

test('the metadata of an App in a registry counts', async () => {
  await using registry = await startRegistry();
  const mediaType = mediaTypes.octetStream;
  registry.seedManifest(
    'acme/app',
    {
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      annotations: { 'compose-app': 'v1' },
      config: { ...registry.seedBlob('acme/app', '{}'), mediaType: mediaTypes.empty },
      layers: [
        { ...registry.seedBlob('acme/app', 'tgz'), mediaType },
        {
          ...registry.seedBlob('acme/app', metaOf(sample)),
          mediaType,
          annotations: { 'layers-meta': 'v1' },
        },
      ],
    },
    { tag: 'app-1' },
  );

  const { outputs } = await check({ image: at(registry, 'app-1') });

  // Three bytes are the archive, which is downloaded before anybody asks.
  expect(outputs.required).toBe('6984539');
});
