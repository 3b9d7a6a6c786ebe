import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Content, imageOf, indexOf, linux, seed } from './content.ts';
import { failureOf, refusalOf, writes } from './refusal.ts';
import { digestsAt, digestsOf, legsOf, repository, update } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const all = '1.0\nlatest';

const digestAt = (registry: Registry, tag: string, name = repository): string | undefined =>
  registry.manifest(name, tag)?.digest;

const imagesOf = (...lines: readonly string[]): string => lines.join('\n');

test('one index with all that it names goes to every image, and has one digest there', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const records = legsOf(near, [amd64, arm64]);
  const images = imagesOf(`${near.host}/acme/mirror`, `${far.host}/acme/app`);

  const { outputs, annotations } = await update(near, { records, images, tags: all });

  expect(annotations).toEqual([]);
  const digests = ['1.0', 'latest'].flatMap((tag) => [
    ...[digestAt(near, tag), digestAt(near, tag, 'acme/mirror'), digestAt(far, tag)],
  ]);
  expect(new Set(digests)).toEqual(new Set([outputs.digest]));
  expect(new Set(far.blobs(repository))).toEqual(new Set(near.blobs(repository)));
  expect(new Set(near.blobs('acme/mirror'))).toEqual(new Set(near.blobs(repository)));
  expect(near.requests('GET', /mirror\/blobs/)).toEqual([]);
  expect(JSON.parse(outputs.references ?? '[]')).toHaveLength(9);
});

test('no tag moves before every image has the index and its children', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const records = legsOf(near, [amd64, arm64]);
  const puts: string[] = [];
  for (const registry of [near, far]) {
    registry.onRequest(({ method, path }) => {
      if (method === 'PUT' && path.includes('/manifests/')) {
        puts.push(path.replace(/.*manifests\//, '').replace(/sha256:\w+/, 'digest'));
      }
    });
  }

  await update(near, { records, images: `${far.host}/acme/app` });

  expect(puts).toEqual(['digest', 'digest', 'digest', 'digest', '1.0', '1.0']);
});

test('a repeat writes nothing anywhere', async () => {
  await using near = await startRegistry({ capabilities: { immutableTags: true } });
  await using far = await startRegistry({ capabilities: { immutableTags: true } });
  const given = { records: legsOf(near, [amd64]), images: `${far.host}/acme/app` };
  await update(near, given);
  near.clearRequests();
  far.clearRequests();

  const { exitCode } = await update(near, given);

  expect(exitCode).toBe(0);
  expect([...near.requests(), ...far.requests()].map(({ method }) => method)).toEqual([
    'GET',
    'GET',
  ]);
});

test('an optional image that fails is a warning, and the release goes on', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  far.fail('*', /.*/, { status: 403, times: 99 });
  const images = `${far.host}/acme/app optional`;

  const result = await update(near, { records: legsOf(near, [amd64, arm64]), images });

  expect(result.exitCode).toBe(0);
  expect(digestAt(near, '1.0')).toBe(result.outputs.digest);
  expect(result.annotations).toEqual([
    expect.objectContaining({
      level: 'warning',
      message: expect.stringMatching(new RegExp(`^${far.host}/acme/app, which is optional: .*403`)),
    }),
  ]);
  expect(result.summary).toContain(`${far.host}/acme/app`);
});

test.each([
  ['reads', 'GET', /manifests\/1\.0/],
  ['children', 'POST', /uploads/],
  ['the index', 'PUT', /manifests\/sha256/],
])(
  'a required image that fails at %s leaves every tag, and a repeat completes it',
  async (_, method, path) => {
    await using near = await startRegistry();
    await using far = await startRegistry();
    seed(near, repository, indexOf([arm64]), '1.0');
    seed(far, repository, indexOf([arm64]), '1.0');
    const [old, given] = [
      digestAt(near, '1.0'),
      { records: legsOf(near, [amd64]), images: `${far.host}/acme/app` },
    ];
    far.fail(method, path, { status: 400, times: 99 });

    const failed = failureOf(await update(near, given));
    const between = [digestAt(near, '1.0'), digestAt(far, '1.0')];
    far.heal();
    const { outputs } = await update(near, given);

    expect(failed.what).toContain(far.host);
    expect(between).toEqual([old, old]);
    expect([digestAt(near, '1.0'), digestAt(far, '1.0')]).toEqual(Array(2).fill(outputs.digest));
  },
);

test('an image that dies when its tag moves leaves tags that are old or new, and a repeat completes it', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  seed(far, repository, indexOf([arm64]), '1.0');
  const old = digestAt(far, '1.0');
  const given = {
    records: legsOf(near, [amd64]),
    images: `${far.host}/acme/app`,
    mode: 'replace',
    tags: all,
  };
  far.fail('PUT', /manifests\/sha256:\w+\?tag/, { status: 400, times: 1 });
  far.fail('PUT', /manifests\/latest/, { status: 400, times: 9 });

  failureOf(await update(near, given));
  const between = digestAt(far, '1.0');
  far.heal();
  const { outputs } = await update(near, given);

  expect([old, outputs.digest]).toContain(between);
  expect([digestAt(near, '1.0'), digestAt(far, '1.0'), digestAt(far, 'latest')]).toEqual(
    Array(3).fill(outputs.digest),
  );
});

test('a leg may have pushed to another of the images: its manifest is copied from there', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const records = legsOf(near, [amd64, arm64]);
  const move = (content: Content, to: Registry): void => {
    near.deleteManifest(repository, content.descriptor.digest);
    seed(to, repository, content);
  };
  move(arm64, far);

  const { outputs } = await update(near, { records, images: `${far.host}/acme/app` });

  expect(digestsAt(near, '1.0')).toEqual(digestsOf(amd64, arm64));
  expect(digestAt(far, '1.0')).toBe(outputs.digest);
});

test('entries that one image alone has are not lost: they are named, and no tag moves', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const foreign = imageOf(linux('s390x'), 3);
  seed(far, repository, indexOf([foreign]), '1.0');
  const given = { records: legsOf(near, [amd64]), images: `${far.host}/acme/app` };

  const refused = refusalOf(await update(near, given), near);
  const replaced = await update(near, { ...given, mode: 'replace' });

  expect(refused).toEqual({
    code: 'CONFLICT',
    what: `${far.host}/acme/app:1.0 has 1 entries that no other image has, and the index would be without them: ${foreign.descriptor.digest}`,
    hint: expect.stringMatching(/"mode: replace"/),
  });
  expect(digestAt(far, '1.0')).toBe(replaced.outputs.digest);
});

test('a line of tags with its image is a tag of that image alone', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const tags = [`${near.host}/acme/app:1.0`, `${far.host}/acme/app:v1`, 'latest'].join('\n');

  await update(near, { records: legsOf(near, [amd64]), images: `${far.host}/acme/app`, tags });

  expect(near.tags(repository).toSorted()).toEqual(['1.0', 'latest']);
  expect(far.tags(repository).toSorted()).toEqual(['latest', 'v1']);
});

test('a dry run asks all images, and writes to none', async () => {
  await using near = await startRegistry();
  await using far = await startRegistry();
  const given = { records: legsOf(near, [amd64]), images: `${far.host}/acme/app` };

  const dry = await update(near, { ...given, 'dry-run': 'true' });
  const written = [...writes(near), ...writes(far)];
  const real = await update(near, given);

  expect(written).toEqual([]);
  expect(dry.outputs.digest).toBe(real.outputs.digest);
});

test.each([
  [
    'ghcr.io/acme/app maybe',
    /^input "images": "ghcr\.io\/acme\/app maybe" in images is not an image$/,
  ],
  ['app', /^input "images": "app" in images is not an image$/],
  [
    'ghcr.io/a/b\nghcr.io/A/b optional',
    /^input "images": ghcr\.io\/a\/b is in images more than once$/,
  ],
])('images %j are refused before anybody is asked', async (images, what) => {
  await using registry = await startRegistry();

  const result = await update(registry, { records: legsOf(registry, [amd64]), images });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
  });
  expect(registry.requests()).toEqual([]);
});

test('the image where the index is made cannot be optional', async () => {
  await using registry = await startRegistry();
  const images = `${registry.host}/acme/app optional`;

  const result = await update(registry, { records: legsOf(registry, [amd64]), images });

  expect(refusalOf(result, registry).what).toMatch(/cannot be optional/);
});
