import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { codesOf } from './expectations.ts';
import { imageIn, windowsImageIn } from './images.ts';
import { endUpload, putManifest, startUpload } from './push.ts';
import { newRepository } from './repository.ts';
import type { Target } from './target.ts';

/** In what the second and the third line of distribution both stray from the specification. */
export function deviationsOfBothLines(target: Target): void {
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

  test('it refuses non-distributable layers that were never pushed', async () => {
    const repository = newRepository(target);
    const image = await windowsImageIn(repository);

    const refused = await putManifest(repository, 'latest', image, encode(image));

    expect(refused.status).toBe(500);
    expect(codesOf(refused)).toContain('MANIFEST_BLOB_UNKNOWN');
  });
}
