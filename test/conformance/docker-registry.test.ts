import { describe, expect, test } from 'vitest';
import { freshBytes } from './content.ts';
import { deviationsOfBothLines } from './distribution-lines.ts';
import { codesOf } from './expectations.ts';
import { imageIn } from './images.ts';
import { withInstalled } from './installed.ts';
import { pushBlob, pushTag, sendChunk, startUpload } from './push.ts';
import { jsonOf, locationOf, newRepository } from './repository.ts';
import { conformance } from './suite.ts';
import { everything, type Target } from './target.ts';

// What docker-registry 2.8 does not do.
const lacks = {
  singlePost: false,
  anonymousMount: false,
  multiTag: false,
  referrers: false,
  deleteTags: false,
  chunkOrder: false,
  lastChunkOrder: false,
  nonDistributable: false,
  rangeEnds: false,
  tagOrder: false,
  tagPages: false,
} as const;

await withInstalled('docker-registry', (title, url) => {
  const target: Target = { url, algorithm: 'sha256', claims: { ...everything, ...lacks } };
  conformance(title, target);
  describe('it strays from the specification', () => deviations(target));
});

function deviations(target: Target): void {
  deviationsOfBothLines(target);
  chunkDeviations(target);
  apiDeviations(target);
}

function chunkDeviations(target: Target): void {
  test('it appends a chunk that leaves a gap', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(300);
    const first = await sendChunk(repository, await startUpload(repository), bytes, [0, 100]);

    const late = await sendChunk(repository, locationOf(first), bytes, [200, 300]);

    expect([late.status, late.headers.get('range')]).toEqual([202, '0-199']);
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
