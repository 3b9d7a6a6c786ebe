import { mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { describeBytes, encode, freshBytes, indexOf } from './content.ts';
import { expectStored, testIf } from './expectations.ts';
import { artifactIn, imageIn } from './images.ts';
import { pushManifest, putManifest } from './push.ts';
import { newRepository } from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Pushing Manifests with Subject". */
export function subjectCases(target: Target): void {
  const answered = target.claims.referrers
    ? 'and answered with OCI-Subject'
    : 'without OCI-Subject';

  test.each(['an artifact', 'an index'])(
    `%s with a subject that is there is taken, ${answered}`,
    async (kind) => {
      const repository = newRepository(target);
      const subject = await pushManifest(repository, await imageIn(repository));
      const document =
        kind === 'an index'
          ? indexOf([], { subject })
          : await artifactIn(repository, 'application/vnd.example.signature.v1', { subject });
      const bytes = encode(document);
      const digest = repository.digestOf(bytes);

      const pushed = await putManifest(repository, digest, document, bytes);

      expect(pushed.status).toBe(201);
      expect(pushed.headers.get('oci-subject')).toBe(
        target.claims.referrers ? subject.digest : null,
      );
      await expectStored(repository, `manifests/${digest}`, bytes, digest);
    },
  );

  // "A registry MUST initially accept an otherwise valid manifest with a subject field that references a manifest that does not exist" ("Push")
  testIf(target, 'missingSubject').each(['an artifact', 'an index'])(
    `%s with a subject that is not there is taken, ${answered}`,
    async (kind) => {
      const repository = newRepository(target);
      const subject = describeBytes(repository, freshBytes(100), mediaTypes.imageManifest);
      const document =
        kind === 'an index'
          ? indexOf([], { subject })
          : await artifactIn(repository, 'application/vnd.example.signature.v1', { subject });
      const bytes = encode(document);

      const pushed = await putManifest(repository, repository.digestOf(bytes), document, bytes);

      expect(pushed.status).toBe(201);
      expect(pushed.headers.get('oci-subject')).toBe(
        target.claims.referrers ? subject.digest : null,
      );
    },
  );

  test('a manifest without a subject is answered without OCI-Subject', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const bytes = encode(image);

    const pushed = await putManifest(repository, repository.digestOf(bytes), image, bytes);

    expect([pushed.status, pushed.headers.get('oci-subject')]).toEqual([201, null]);
  });
}
