import { digestOf } from '@oci-matrix/oci';
import { afterAll, describe, expect, test } from 'vitest';
import { type Server, startDockerRegistry } from '../interop/servers.ts';
import { versionOf } from '../interop/tools.ts';
import { encode, freshBytes } from './content.ts';
import { codesOf } from './expectations.ts';
import { imageIn, windowsImageIn } from './images.ts';
import { endUpload, pushBlob, pushTag, putManifest, sendChunk, startUpload } from './push.ts';
import { jsonOf, locationOf, newRepository } from './repository.ts';
import { conformance } from './suite.ts';
import { everything, type Target } from './target.ts';

const version = versionOf('docker-registry');
const servers: Server[] = version === undefined ? [] : [await startDockerRegistry()];
afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
});

// What docker-registry 2.8 does not do.
const lacks = {
  singlePost: false,
  anonymousMount: false,
  multiTag: false,
  referrers: false,
  deleteTags: false,
  chunkOrder: false,
  nonDistributable: false,
  rangeEnds: false,
  tagOrder: false,
  tagPages: false,
} as const;

if (servers.length === 0) test.skip('docker-registry: it is not installed', () => undefined);
for (const { host } of servers) {
  const target: Target = {
    url: `http://${host}`,
    algorithm: 'sha256',
    claims: { ...everything, ...lacks },
  };
  conformance(`docker-registry ${version}`, target);
  describe(`docker-registry ${version} strays from the specification`, () => deviations(target));
}

function deviations(target: Target): void {
  contentDeviations(target);
  apiDeviations(target);
}

function contentDeviations(target: Target): void {
  const sha512: Target = { ...target, algorithm: 'sha512' };

  test('it takes a blob of a sha512 digest, and says the sha256 digest of it', async () => {
    const repository = newRepository(sha512);
    const bytes = freshBytes(100);
    const digest = repository.digestOf(bytes);

    const pushed = await endUpload(repository, await startUpload(repository), digest, bytes);

    const pulled = await repository.ask('GET', `blobs/${digest}`);
    const answers = [pushed, pulled].map((each) => each.headers.get('docker-content-digest'));
    expect([pushed.status, pulled.status]).toEqual([201, 200]);
    expect(answers).toEqual([digestOf(bytes), digestOf(bytes)]);
  });

  test('it refuses a manifest pushed to a sha512 digest', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const digest = digestOf(encode(image), 'sha512');

    const refused = await putManifest(repository, digest, image, encode(image));

    expect([refused.status, codesOf(refused)]).toEqual([400, ['DIGEST_INVALID']]);
  });

  test('it appends a chunk that leaves a gap', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(300);
    const first = await sendChunk(repository, await startUpload(repository), bytes, [0, 100]);

    const late = await sendChunk(repository, locationOf(first), bytes, [200, 300]);

    expect([late.status, late.headers.get('range')]).toEqual([202, '0-199']);
  });

  test('it refuses non-distributable layers that were never pushed', async () => {
    const repository = newRepository(target);
    const image = await windowsImageIn(repository);

    const refused = await putManifest(repository, 'latest', image, encode(image));

    expect(refused.status).toBe(500);
    expect(codesOf(refused)).toContain('MANIFEST_BLOB_UNKNOWN');
  });
}

function apiDeviations(target: Target): void {
  test('it lists all tags, whatever n and last say', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    for (const tag of ['a', 'b', 'c']) await pushTag(repository, tag, image);

    const answer = await repository.ask('GET', 'tags/list?n=1&last=b');

    expect(jsonOf(answer)).toMatchObject({ tags: expect.arrayContaining(['a', 'b', 'c']) });
    expect(answer.headers.get('link')).toBeNull();
  });

  test('it answers a range behind the end with a 416 that breaks off', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);
    await pushBlob(repository, bytes);
    const path = `/v2/${repository.name}/blobs/${repository.digestOf(bytes)}`;

    const refused = await fetch(new URL(path, target.url), { headers: { range: 'bytes=1000-' } });

    expect([refused.status, refused.headers.get('content-length')]).toEqual([416, '1000']);
    await expect(refused.bytes()).rejects.toThrow('terminated');
  });

  test('it refuses to delete by tag', async () => {
    const repository = newRepository(target);
    await pushTag(repository, 'latest', await imageIn(repository));

    const refused = await repository.ask('DELETE', 'manifests/latest');

    expect([refused.status, codesOf(refused)]).toEqual([400, ['DIGEST_INVALID']]);
  });
}
