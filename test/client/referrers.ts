import type { ImagePlan } from '@oci-matrix/core';
import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { newImage, rootBytes, send, sendBlobs } from './content.ts';
import { expectClaimed, expectSoon } from './expectations.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

const types = ['application/vnd.acme.sbom', 'application/vnd.acme.scan'];

/** A container image, which every registry takes, that refers to another: the artifact type alone tells what it is. */
const referrerOf = ({ mediaType, digest, size }: Descriptor, artifactType: string): ImagePlan =>
  newImage({
    more: {
      artifactType,
      subject: { mediaType, digest, size },
      annotations: { 'com.acme.type': artifactType },
    },
  });

/** A referrer as its subject's list has it. */
const entryOf = ({ root: { digest, size } }: ImagePlan, artifactType: string): Descriptor => ({
  mediaType: mediaTypes.imageManifest,
  digest,
  size,
  artifactType,
  annotations: { 'com.acme.type': artifactType },
});

const byDigest = (a: Descriptor, b: Descriptor): number => (a.digest < b.digest ? -1 : 1);

const listed = async (
  { referrers }: Repository,
  { digest }: Descriptor,
  artifactType?: string,
): Promise<Descriptor[]> =>
  [...(await referrers.list(digest, artifactType === undefined ? {} : { artifactType }))].sort(
    byDigest,
  );

/** What refers to a manifest, by the API or by the tag that stands in for it. These cases wait more than they work, and so all at once. */
export function referrerCases(target: Target): void {
  listCases(target);
  fallbackCases(target);
  concurrentCases(target);
}

function listCases(target: Target): void {
  test.concurrent('a manifest that nothing refers to has no referrers', async () => {
    await using session = openSession(target);
    const { digest } = await send(session.repository, newImage());

    const found = await session.repository.referrers.list(digest);

    expect(found).toEqual([]);
  });

  test.concurrent('a referrer is listed with its type and its annotations, and found by its type', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const subject = await send(repository, newImage());
    const [type = '', otherType = ''] = types;
    const referrer = referrerOf(subject, type);

    await send(repository, referrer);

    await expectSoon(target, () => listed(repository, subject), [entryOf(referrer, type)]);
    expect(await listed(repository, subject, type)).toEqual([entryOf(referrer, type)]);
    expect(await listed(repository, subject, otherType)).toEqual([]);
  });
}

function fallbackCases(target: Target): void {
  test.concurrent('the fallback tag is written where there is no API, and nowhere else', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const subject = await send(repository, newImage());

    await send(repository, referrerOf(subject, types[0] ?? ''));

    const tags = target.claims.referrers ? [] : [subject.digest.replace(':', '-')];
    await expectSoon(target, () => Array.fromAsync(repository.tags.list()), tags);
  });

  test.concurrent('a manifest whose subject is not there is taken, or refused', async () => {
    await using session = openSession(target);
    const plan = referrerOf(newImage().root, types[0] ?? '');
    await sendBlobs(session.repository, plan);

    const pushed = session.repository.manifests.push(rootBytes(plan), plan.root.mediaType);

    await expectClaimed(target.claims.missingSubject, pushed, 400, 404);
  });
}

/** Referrers that are pushed at the same time. */
function concurrentCases(target: Target): void {
  test.concurrent('referrers that one client pushes at once are all listed', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const subject = await send(repository, newImage());
    const plans = Array.from({ length: 5 }, () => referrerOf(subject, types[0] ?? ''));

    await Promise.all(plans.map((plan) => send(repository, plan)));

    const entries = plans.map((plan) => entryOf(plan, types[0] ?? '')).sort(byDigest);
    await expectSoon(target, () => listed(repository, subject), entries);
  });

  test.concurrent('referrers that two clients push at once are all listed', async () => {
    await using session = openSession(target);
    const { repository } = session;
    await using other = openSession(target, { repository: repository.name.repository });
    const subject = await send(repository, newImage());
    const plans = types.map((type) => referrerOf(subject, type));

    await Promise.all(plans.map((plan, at) => send((at === 0 ? session : other).repository, plan)));

    const entries = plans.map((plan, at) => entryOf(plan, types[at] ?? '')).sort(byDigest);
    await expectSoon(target, () => listed(repository, subject), entries);
  });
}
