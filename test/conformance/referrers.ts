import { type Descriptor, type Digest, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { describeBytes, freshBytes, indexOf } from './content.ts';
import { testIf } from './expectations.ts';
import { artifactIn, blobAs, imageIn } from './images.ts';
import { pushManifest } from './push.ts';
import { type Answer, newRepository, nextOf, type Repository, textOf } from './repository.ts';
import type { Target } from './target.ts';

const signature = 'application/vnd.example.signature.v1';
const sbom = 'application/vnd.example.sbom.v1';

/** distribution-spec v1.1.1, "Listing Referrers". */
export function referrerCases(target: Target): void {
  lists(target);
  listsOfLess(target);
}

function lists(target: Target): void {
  const testApi = testIf(target, 'referrers');

  testApi('referrers are listed with their type and annotations', async () => {
    const { repository, subject, pushed } = await threeReferrers(target);

    const { entries } = await listReferrers(repository, subject.digest);

    expect(new Set(entries)).toEqual(new Set(pushed));
  });

  testApi.each([
    ['type', sbom],
    ["config's type", signature],
  ])('a filter keeps the referrers of its %s, and the answer says so', async (_, wanted) => {
    const { repository, subject, pushed } = await threeReferrers(target);

    const { entries, answers } = await listReferrers(repository, subject.digest, wanted);

    expect(entries).toEqual(pushed.filter(({ artifactType }) => artifactType === wanted));
    for (const { headers } of answers) {
      expect(headers.get('oci-filters-applied')).toBe('artifactType');
    }
  });

  testApi('a filter that nothing passes gives an empty index', async () => {
    const { repository, subject } = await threeReferrers(target);

    const { entries } = await listReferrers(repository, subject.digest, 'application/vnd.none');

    expect(entries).toEqual([]);
  });

  testApi('without a filter no filter is said to be applied', async () => {
    const { repository, subject } = await threeReferrers(target);

    const { answers } = await listReferrers(repository, subject.digest);

    expect(answers.map(({ headers }) => headers.get('oci-filters-applied'))).not.toContain(
      'artifactType',
    );
  });

  testApi('the list of a manifest without referrers, or of none, is empty', async () => {
    const repository = newRepository(target);
    const image = await pushManifest(repository, await imageIn(repository));
    const digests = [image.digest, repository.digestOf(freshBytes(10))];

    const lists = await Promise.all(digests.map((digest) => listReferrers(repository, digest)));

    expect(lists.map(({ entries }) => entries)).toEqual([[], []]);
  });

  testApi('the list in a repository that is not there is empty', async () => {
    const repository = newRepository(target);

    const { entries } = await listReferrers(repository, repository.digestOf(freshBytes(10)));

    expect(entries).toEqual([]);
  });
}

function listsOfLess(target: Target): void {
  testIf(
    target,
    'referrers',
    'missingSubject',
  )('a referrer pushed before its subject is listed', async () => {
    const repository = newRepository(target);
    const subject = describeBytes(repository, freshBytes(100), mediaTypes.imageManifest);
    const referrer = await pushManifest(
      repository,
      await artifactIn(repository, sbom, { subject }),
    );

    const { entries } = await listReferrers(repository, subject.digest);

    expect(entries).toEqual([{ ...referrer, artifactType: sbom }]);
  });

  testIf(
    target,
    'referrers',
    'deleteManifests',
  )('a referrer that is deleted leaves the list', async () => {
    const { repository, subject, pushed } = await threeReferrers(target);
    const [gone, ...rest] = pushed;

    await repository.ask('DELETE', `manifests/${gone?.digest}`);

    const { entries } = await listReferrers(repository, subject.digest);
    expect(new Set(entries)).toEqual(new Set(rest));
  });

  testIf(
    target,
    'referrers',
    'referrerSyntax',
  )('a list for what is no digest is a 400', async () => {
    const { repository } = await threeReferrers(target);

    const refused = await repository.ask('GET', 'referrers/sha256:no');

    expect(refused.status).toBe(400);
  });

  test.runIf(!target.claims.referrers)(
    'the referrers API is a 404 where there is none',
    async () => {
      const repository = newRepository(target);
      const { digest } = await pushManifest(repository, await imageIn(repository));

      const refused = await repository.ask('GET', `referrers/${digest}`);

      expect(refused.status).toBe(404);
    },
  );
}

/** An image and its referrers, described as their list must: a type of its own, one from the config, and none. */
async function threeReferrers(target: Target) {
  const repository = newRepository(target);
  const subject = await pushManifest(repository, await imageIn(repository));
  const annotations = {
    'org.example.signer': 'us',
    'org.opencontainers.image.created': '2026-01-01T00:00:00Z',
  };
  const artifact = await artifactIn(repository, sbom, { subject, annotations });
  const config = await blobAs(repository, signature);
  const pushed: Descriptor[] = [
    { ...(await pushManifest(repository, artifact)), artifactType: sbom, annotations },
    {
      ...(await pushManifest(repository, await imageIn(repository, { subject, config }))),
      artifactType: signature,
    },
    await pushManifest(repository, indexOf([], { subject })),
  ];
  return { repository, subject, pushed };
}

/** Every page of the list, each of which must be an index. */
async function listReferrers(repository: Repository, digest: Digest, artifactType?: string) {
  const answers: Answer[] = [];
  const entries: unknown[] = [];
  const query =
    artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  let next: string | URL | undefined = `referrers/${digest}${query}`;
  while (next !== undefined) {
    const answer: Answer = await repository.ask('GET', next);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(mediaTypes.imageIndex);
    const index: { manifests: unknown[] } = JSON.parse(textOf(answer));
    expect(index).toMatchObject({ schemaVersion: 2, mediaType: mediaTypes.imageIndex });
    answers.push(answer);
    entries.push(...index.manifests);
    next = nextOf(answer);
  }
  return { answers, entries };
}
