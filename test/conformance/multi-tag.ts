import { expect, test } from 'vitest';
import { encode } from './content.ts';
import { expectStored, testIf } from './expectations.ts';
import { imageIn } from './images.ts';
import { putManifest, statusesOf } from './push.ts';
import { newRepository } from './repository.ts';
import type { Target } from './target.ts';

/** "Pushing Manifests" of distribution-spec main after v1.1.1 (opencontainers/distribution-spec#600). */
export function multiTagCases(target: Target): void {
  testIf(target, 'multiTag')(
    'one PUT by digest makes ten tags, and OCI-Tag names them',
    async () => {
      const repository = newRepository(target);
      const tags = Array.from({ length: 10 }, (_, n) => `v1.${n}`);
      const image = await imageIn(repository);
      const bytes = encode(image);
      const digest = repository.digestOf(bytes);

      const pushed = await putManifest(
        repository,
        `${digest}?tag=${tags.join('&tag=')}`,
        image,
        bytes,
      );

      expect(pushed.status).toBe(201);
      expect(pushed.headers.get('oci-tag')?.split(/,\s*/)).toEqual(tags);
      for (const reference of [digest, ...tags]) {
        await expectStored(repository, `manifests/${reference}`, bytes, digest);
      }
    },
  );

  testIf(target, 'multiTag')('a tag in the query moves as any other does', async () => {
    const repository = newRepository(target);
    const [old, young] = [await imageIn(repository), await imageIn(repository)];
    await putManifest(repository, 'latest', old, encode(old));
    const digest = repository.digestOf(encode(young));

    await putManifest(repository, `${digest}?tag=latest`, young, encode(young));

    await expectStored(repository, 'manifests/latest', encode(young), digest);
  });

  test('a PUT without tags in its query is answered without OCI-Tag', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const digest = repository.digestOf(encode(image));

    const pushed = await putManifest(repository, digest, image, encode(image));

    expect([pushed.status, pushed.headers.get('oci-tag')]).toEqual([201, null]);
  });

  test.runIf(!target.claims.multiTag)(
    'tags in the query are ignored where that is not known',
    async () => {
      const repository = newRepository(target);
      const image = await imageIn(repository);
      const digest = repository.digestOf(encode(image));

      const pushed = await putManifest(repository, `${digest}?tag=a&tag=b`, image, encode(image));

      expect([pushed.status, pushed.headers.get('oci-tag')]).toEqual([201, null]);
      expect(await statusesOf(repository, 'manifests/a', 'manifests/b')).toEqual([404, 404]);
    },
  );
}
