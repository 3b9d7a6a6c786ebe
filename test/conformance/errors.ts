import { mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { codesOf, strangeCodes, testIf } from './expectations.ts';
import { imageIn } from './images.ts';
import { endUpload, pushTag, putManifest, startUpload } from './push.ts';
import { type Answer, newRepository, type Repository } from './repository.ts';
import type { Target } from './target.ts';

const asImage = { mediaType: mediaTypes.imageManifest };
const absent = (repository: Repository): string => repository.digestOf(freshBytes(10));

type Refused = (repository: Repository) => Promise<Answer>;

/** Requests that a registry must refuse, with the statuses and the codes that fit (distribution-spec v1.1.1, "Endpoints" and "Error Codes"). */
const refusals: readonly [string, Refused, readonly number[], readonly string[]][] = [
  [
    'a blob that is not there',
    (repository) => repository.ask('GET', `blobs/${absent(repository)}`),
    [404],
    ['BLOB_UNKNOWN'],
  ],
  [
    'a manifest that is not there',
    (repository) => repository.ask('GET', `manifests/${absent(repository)}`),
    [404],
    ['MANIFEST_UNKNOWN'],
  ],
  [
    'a tag that is not there',
    (repository) => repository.ask('GET', 'manifests/absent'),
    [404],
    ['MANIFEST_UNKNOWN'],
  ],
  [
    'an upload that is not there',
    async (repository) => {
      const location = await startUpload(repository);
      await endUpload(repository, location, repository.digestOf(encode('x')), encode('x'));
      return await repository.ask('GET', location);
    },
    [400, 404],
    ['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID'],
  ],
  [
    'a manifest that is not JSON',
    (repository) => putManifest(repository, 'broken', asImage, encode('{"schemaVersion":')),
    [400],
    ['MANIFEST_INVALID'],
  ],
  [
    'a manifest whose layers are no list',
    async (repository) => {
      const image = await imageIn(repository, { layers: 'none' });
      return await putManifest(repository, 'broken', image, encode(image));
    },
    [400],
    ['MANIFEST_INVALID'],
  ],
];

/** Names that the grammar of "Pulling manifests" does not have, with what asks for them. */
const names: readonly [string, string, string][] = [
  ['a repository with a name in upper case', 'GET', '/v2/Upper/Case/tags/list'],
  ['a digest that is none', 'GET', 'blobs/sha256:none'],
  ['a tag that is none', 'GET', 'manifests/-none'],
];

export function errorCases(target: Target): void {
  test('GET /v2/ says that the registry follows the specification', async () => {
    const answer = await newRepository(target).ask('GET', '/v2/');

    expect(answer.status).toBe(200);
  });

  test.each(refusals)(
    '%s is refused, and a code that is given says why',
    async (_, ask, statuses, codes) => {
      const repository = newRepository(target);
      await pushTag(repository, 'there', await imageIn(repository));

      const refused = await ask(repository);

      expect(statuses).toContain(refused.status);
      expect(codesOf(refused).filter((code) => !codes.includes(code))).toEqual([]);
    },
  );

  test.each(names)('%s is refused', async (_, method, path) => {
    const repository = newRepository(target);
    await pushTag(repository, 'there', await imageIn(repository));

    const refused = await repository.ask(method, path);

    expect([400, 404]).toContain(refused.status);
  });

  testIf(target, 'specCodes').each([
    ...names,
    ['a number of tags that is none', 'GET', 'tags/list?n=many'] as const,
    ['a manifest pushed to a tag that is none', 'PUT', 'manifests/-none'] as const,
    ['a repository that is not there', 'GET', '/v2/conformance/absent/tags/list'] as const,
  ])(
    '%s is answered without codes that the specification does not have',
    async (_, method, path) => {
      const repository = newRepository(target);
      const image = await imageIn(repository);
      await pushTag(repository, 'there', image);
      const body = {
        headers: { 'content-type': image.mediaType },
        body: JSON.stringify(image),
      };

      const refused = await repository.ask(method, path, method === 'PUT' ? body : {});

      expect(refused.status).toBeLessThan(500);
      expect(strangeCodes(codesOf(refused))).toEqual([]);
    },
  );
}
