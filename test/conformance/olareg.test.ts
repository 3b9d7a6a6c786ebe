import { describe, expect, test } from 'vitest';
import { artifactIn, imageIn } from './images.ts';
import { withInstalled } from './installed.ts';
import { pushManifest, pushTag } from './push.ts';
import { jsonOf, newRepository } from './repository.ts';
import { conformance } from './suite.ts';
import { everything, type Target } from './target.ts';

// A mount without `from` is a registry's own choice; in the other two olareg 0.2 strays, and OCI's own program asks for neither.
const lacks = { anonymousMount: false, referrerSyntax: false, emptyPages: false } as const;

await withInstalled('olareg', (title, url) => {
  for (const algorithm of ['sha256', 'sha512'] as const) {
    conformance(title, { url, algorithm, claims: { ...everything, ...lacks } });
  }
  const target: Target = { url, algorithm: 'sha256', claims: everything };
  describe('olareg strays from the specification', () => deviations(target));
});

function deviations(target: Target): void {
  test('it has no referrers of what is no digest', async () => {
    const repository = newRepository(target);
    await pushManifest(repository, await artifactIn(repository, 'application/vnd.example.sbom'));

    const listed = await repository.ask('GET', 'referrers/sha256:none');

    expect([listed.status, jsonOf(listed)]).toMatchObject([200, { manifests: [] }]);
  });

  test('it breaks off when it is asked for no tags', async () => {
    const repository = newRepository(target);
    await pushTag(repository, 'latest', await imageIn(repository));

    const listed = repository.ask('GET', 'tags/list?n=0');

    await expect(listed).rejects.toThrow('fetch failed');
  });
}
