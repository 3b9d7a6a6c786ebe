import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import { newSigner, sign, sigTag, textAt } from '../test-kit/signing.ts';

/** What somebody else writes to the tag right after a GET or a PUT of ours, with nothing of what is there. */
const intrusions = fc.uniqueArray(
  fc.record({
    after: fc.nat({ max: 5 }),
    texts: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  }),
  { maxLength: 3, selector: ({ after }) => after },
);

/** Writes the tag with these signatures alone. */
function overwrite(registry: Registry, tag: string, texts: readonly string[]): void {
  const layers = texts.map(
    (text): Descriptor => ({
      ...registry.seedBlob(repositoryName, text),
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      annotations: { 'dev.cosignproject.cosign/signature': text },
    }),
  );
  const config = { ...registry.seedBlob(repositoryName, '{}'), mediaType: mediaTypes.imageConfig };
  const document = { schemaVersion: 2, mediaType: mediaTypes.imageManifest, config, layers };
  registry.seedManifest(repositoryName, document, { tag });
}

test('whatever others write to the tag while we sign, no signature that we could see is lost', async () => {
  const signer = await newSigner();
  let intruded = 0;
  await fc.assert(
    fc.asyncProperty(intrusions, async (all) => {
      await using registry = await startRegistry();
      const { digest } = seedImage(registry, 'linux/amd64');
      const tag = sigTag(digest);
      const theirs = new Set<string>();
      let last: readonly string[] | undefined;
      let count = 0;
      registry.onRequest(({ method, path }) => {
        // What they write between our last look and our PUT nobody can know.
        if (!path.endsWith(tag) || method === 'HEAD') return;
        last = all.find(({ after }) => after === count)?.texts;
        count += 1;
        if (last === undefined) return;
        intruded += 1;
        for (const text of last) theirs.add(text);
        overwrite(registry, tag, last);
      });

      await sign(registry, digest, signer, { formats: ['legacy'] });

      // Nor what they do after our last look at all.
      if (last !== undefined) return;
      expect(JSON.parse(textAt(registry, tag) ?? '').layers).toHaveLength(theirs.size + 1);
    }),
    { numRuns: 25 },
  );
  expect(intruded).toBeGreaterThan(5);
});
