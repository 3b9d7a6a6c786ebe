import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { expectBlob, expectStored, testIf } from './expectations.ts';
import { blobAs, imageIn } from './images.ts';
import { pushBlob, pushManifest, pushTag, statusesOf } from './push.ts';
import { type Answer, jsonOf, newRepository, type Repository } from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Content Management". What is deleted must be seen to be gone at once. */
export function deleteCases(target: Target): void {
  deletedManifests(target);
  deletedBlobs(target);
  refusedDeletes(target);
}

function deletedManifests(target: Target): void {
  testIf(target, 'deleteTags')(
    'a tag that is deleted is gone, and its manifest and other tags stay',
    async () => {
      const repository = newRepository(target);
      const image = await imageIn(repository);
      const pushed = await pushTag(repository, 'gone', image);
      await pushTag(repository, 'kept', image);
      const digest = pushed.headers.get('docker-content-digest') ?? '';

      const deleted = await repository.ask('DELETE', 'manifests/gone');

      expect(deleted.status).toBe(202);
      expect(await statusesOf(repository, 'manifests/gone')).toEqual([404]);
      expect(await tagsIn(repository)).toEqual(['kept']);
      for (const reference of ['kept', digest]) {
        await expectStored(repository, `manifests/${reference}`, encode(image), digest);
      }
    },
  );

  testIf(target, 'deleteTags')('a repository whose last tag is deleted lists none', async () => {
    const repository = newRepository(target);
    await pushTag(repository, 'only', await imageIn(repository));

    await repository.ask('DELETE', 'manifests/only');

    expect(await tagsIn(repository)).toEqual([]);
  });

  testIf(target, 'deleteManifests')(
    'a manifest that is deleted is gone with all its tags',
    async () => {
      const repository = newRepository(target);
      const [image, other] = [await imageIn(repository), await imageIn(repository)];
      const pushed = await pushTag(repository, 'one', image);
      await pushTag(repository, 'two', image);
      await pushTag(repository, 'kept', other);
      const path = `manifests/${pushed.headers.get('docker-content-digest')}`;

      const deleted = await repository.ask('DELETE', path);

      const paths = [path, 'manifests/one', 'manifests/two', 'manifests/kept'];
      expect(deleted.status).toBe(202);
      expect(await statusesOf(repository, ...paths)).toEqual([404, 404, 404, 200]);
      expect(await tagsIn(repository)).toEqual(['kept']);
    },
  );

  testIf(target, 'deleteManifests')(
    'an untagged manifest is deleted, and may be pushed again',
    async () => {
      const repository = newRepository(target);
      const image = await imageIn(repository);
      const { digest } = await pushManifest(repository, image);

      const first = await repository.ask('DELETE', `manifests/${digest}`);
      const second = await repository.ask('DELETE', `manifests/${digest}`);

      expect([first.status, second.status]).toEqual([202, 404]);
      expect(await statusesOf(repository, `manifests/${digest}`)).toEqual([404]);
      await pushManifest(repository, image);
      await expectStored(repository, `manifests/${digest}`, encode(image), digest);
    },
  );
}

function deletedBlobs(target: Target): void {
  testIf(target, 'deleteBlobs')(
    'a blob that is deleted is gone, and may be pushed again',
    async () => {
      const repository = newRepository(target);
      const bytes = freshBytes(1000);
      await pushBlob(repository, bytes);
      const path = `blobs/${repository.digestOf(bytes)}`;

      const first = await repository.ask('DELETE', path);
      const [get, head] = [await repository.ask('GET', path), await repository.ask('HEAD', path)];
      const second = await repository.ask('DELETE', path);

      expect([first.status, get.status, head.status, second.status]).toEqual([202, 404, 404, 404]);
      await pushBlob(repository, bytes);
      await expectBlob(repository, bytes);
    },
  );

  testIf(target, 'deleteBlobs')('a blob deleted here stays in other repositories', async () => {
    const [repository, other] = [newRepository(target), newRepository(target)];
    const bytes = freshBytes(1000);
    await pushBlob(repository, bytes);
    await pushBlob(other, bytes);

    await repository.ask('DELETE', `blobs/${repository.digestOf(bytes)}`);

    await expectBlob(other, bytes);
  });
}

function refusedDeletes(target: Target): void {
  test('what is in no repository cannot be deleted', async () => {
    const repository = newRepository(target);
    const digest = repository.digestOf(freshBytes(10));

    const manifest = await repository.ask('DELETE', `manifests/${digest}`);
    const blob = await repository.ask('DELETE', `blobs/${digest}`);

    expectDeclined(manifest, target.claims.deleteManifests);
    expectDeclined(blob, target.claims.deleteBlobs);
  });

  test.runIf(!target.claims.deleteTags)(
    'a tag that cannot be deleted is a 400 or 405, and stays',
    async () => {
      const repository = newRepository(target);
      await pushTag(repository, 'kept', await imageIn(repository));

      const refused = await repository.ask('DELETE', 'manifests/kept');

      expect([400, 405]).toContain(refused.status);
      expect(await tagsIn(repository)).toEqual(['kept']);
    },
  );

  test.runIf(!target.claims.deleteBlobs)(
    'a blob that cannot be deleted is a 400 or 405',
    async () => {
      const repository = newRepository(target);
      const { digest } = await blobAs(repository, 'application/octet-stream');

      const refused = await repository.ask('DELETE', `blobs/${digest}`);

      expect([400, 405]).toContain(refused.status);
    },
  );
}

const expectDeclined = ({ status }: Answer, claimed: boolean): void =>
  expect(claimed ? [404] : [400, 404, 405]).toContain(status);

async function tagsIn(repository: Repository): Promise<unknown> {
  const listed = jsonOf(await repository.ask('GET', 'tags/list'));
  expect(listed).toHaveProperty('tags');
  // Some servers write null for an empty list.
  return typeof listed === 'object' && listed !== null && 'tags' in listed
    ? (listed.tags ?? [])
    : undefined;
}
