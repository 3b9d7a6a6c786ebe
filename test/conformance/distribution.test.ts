import { describe, expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { deviationsOfBothLines } from './distribution-lines.ts';
import { codesOf } from './expectations.ts';
import { artifactIn, imageIn } from './images.ts';
import { withInstalled } from './installed.ts';
import { pushTag, sendChunk, startUpload } from './push.ts';
import { locationOf, newRepository, withParameter } from './repository.ts';
import { conformance } from './suite.ts';
import { everything, type Target } from './target.ts';

// What distribution 3.1 does not do.
const lacks = {
  singlePost: false,
  anonymousMount: false,
  multiTag: false,
  referrers: false,
  lastChunkOrder: false,
  nonDistributable: false,
  specCodes: false,
} as const;

await withInstalled('distribution', (title, url) => {
  const target: Target = { url, algorithm: 'sha256', claims: { ...everything, ...lacks } };
  conformance(title, target);
  describe('it strays from the specification', () => {
    deviationsOfBothLines(target);
    uploadDeviations(target);
    manifestDeviations(target);
    listDeviations(target);
  });
});

function uploadDeviations(target: Target): void {
  test('it answers a last chunk that leaves a gap with 400', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(300);
    const first = await sendChunk(repository, await startUpload(repository), bytes, [0, 100]);
    const end = withParameter(locationOf(first), 'digest', repository.digestOf(bytes));

    const refused = await repository.ask('PUT', end, {
      headers: { 'content-type': 'application/octet-stream', 'content-range': '200-299' },
      body: bytes.slice(200),
    });

    expect(refused.status).toBe(400);
  });
}

function manifestDeviations(target: Target): void {
  test('it takes a subject, and says nothing of it', async () => {
    const repository = newRepository(target);
    const subject = await artifactIn(repository, 'application/vnd.example.first');
    const bytes = encode(subject);
    const { mediaType } = subject;
    await pushTag(repository, 'first', subject);
    const referrer = await artifactIn(repository, 'application/vnd.example.second', {
      subject: { mediaType, digest: repository.digestOf(bytes), size: bytes.byteLength },
    });

    const pushed = await pushTag(repository, 'second', referrer);

    expect(pushed.headers.get('oci-subject')).toBeNull();
  });
}

function listDeviations(target: Target): void {
  test('it refuses a number of tags that is none with a code of its own', async () => {
    const repository = newRepository(target);
    await pushTag(repository, 'latest', await imageIn(repository));

    const refused = await repository.ask('GET', 'tags/list?n=many');

    expect([refused.status, codesOf(refused)]).toEqual([400, ['PAGINATION_NUMBER_INVALID']]);
  });
}
