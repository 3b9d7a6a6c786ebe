import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { signedBy, testKey } from '../actions/signing.ts';
import { publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const signing = testKey();
const secrets = { KEY: signing.key };
const vars = { PUBLIC_KEY: signing.publicKey };

const signInLeg = (more = ''): string =>
  `{ uses: oci-matrix/oci-matrix/actions/sign-manifest@v1, with: { image: '\${{ vars.IMAGE }}', leg-record: '\${{ steps.push.outputs.record }}', key: '\${{ secrets.KEY }}' }${more} }`;

test('legs that sign what they push are published, and the index is signed before a tag names it', async () => {
  await using registry = await startRegistry();
  const source = release({
    after: [signInLeg()],
    publish: [`key: \${{ secrets.KEY }}`, 'require-signatures: true'],
  });

  await using run = await runOn(registry, source, { secrets });

  const publish = run.job('publish');
  const published = publishedAt(registry, repository, 'v1');
  expect(publish.annotations).toEqual([]);
  expect(published?.index.manifests).toHaveLength(4);
  const entries = (published?.index.manifests ?? []).map(({ digest }) => digest);
  expect(signedBy(registry, repository, signing)).toEqual(
    [published?.digest, ...entries].toSorted(),
  );
  const puts = registry.requests('PUT', /\/manifests\//).map(({ path }) => path);
  expect(puts.at(-1)).toMatch(/\/manifests\/v1$/);
});

test('a leg that is not signed is named, and no tag moves', async () => {
  await using registry = await startRegistry();
  const source = release({
    after: [signInLeg(`, if: "\${{ matrix.app != 'b' || matrix.arch != 'arm64' }}"`)],
    publish: [`public-key: \${{ vars.PUBLIC_KEY }}`, 'require-signatures: true'],
  });

  await using run = await runOn(registry, source, { secrets, vars });

  expect(run.job('publish').annotations).toMatchObject([
    {
      title: 'UNSIGNED',
      message: expect.stringMatching(
        /^1 of 4 entries that come in have no signature that holds: b-arm64-/,
      ),
    },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test('signatures of another key do not count', async () => {
  await using registry = await startRegistry();
  const source = release({
    after: [signInLeg()],
    publish: [`public-key: \${{ vars.PUBLIC_KEY }}`, 'require-signatures: true'],
  });

  await using run = await runOn(registry, source, {
    secrets,
    vars: { PUBLIC_KEY: testKey().publicKey },
  });

  expect(run.job('publish').annotations).toMatchObject([{ title: 'UNSIGNED' }]);
  expect(registry.tags(repository)).toEqual([]);
});
