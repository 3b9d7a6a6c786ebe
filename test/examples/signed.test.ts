import { verifierOfIdentity } from '@oci-matrix/signing';
import { type Registry, startRegistry, startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { bundlesIn } from '../actions/signing.ts';
import { publishedAt, writesTo } from '../flows/kit/published.ts';
import { repository } from '../flows/kit/run.ts';
import { withSigstore } from './local-sigstore.ts';
import { released, runExample } from './run-example.ts';

const digestsOf = (registry: Registry): (string | undefined)[] => {
  const published = publishedAt(registry, repository, 'latest');
  return [published?.digest, ...(published?.index.manifests ?? []).map(({ digest }) => digest)];
};

test('the workflow signs its images and its index, and Sigstore has seen all of it', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();

  await using run = await runExample(registry, 'signed', {
    ...released,
    edit: withSigstore(sigstore),
  });

  expect(run.conclusion).toBe('success');
  const verifier = await verifierOfIdentity({
    identity: 'https://github.com/acme/app/examples/signed.yml@refs/tags/v1.2.3',
    issuer: 'https://token.actions.githubusercontent.com',
    trustedRoot: sigstore.trustedRoot,
  });
  const signed = await Promise.all(
    bundlesIn(registry, repository).map(async ({ subject, bundle }) => {
      await verifier.bundle(bundle, subject);
      return subject;
    }),
  );
  expect(signed.toSorted()).toEqual(digestsOf(registry).toSorted());
});

test('a dry run signs nothing, and gives the digest of the real run', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  const dry = (workflow: string): string =>
    withSigstore(sigstore)(workflow).replace(
      /^( +)image: \$\{\{ env\..*$/gm,
      '$&\n$1dry-run: true',
    );

  await using rehearsal = await runExample(registry, 'signed', { ...released, edit: dry });
  const written = writesTo(registry);
  await using real = await runExample(registry, 'signed', {
    ...released,
    edit: withSigstore(sigstore),
  });

  const [before, after] = [rehearsal, real].map(
    (run) => run.job('publish').steps.at(-1)?.outputs.digest,
  );
  expect([rehearsal.conclusion, real.conclusion]).toEqual(['success', 'success']);
  expect(written).toEqual([]);
  expect(sigstore.requests('rekor')).toHaveLength(3);
  expect(before).toBe(after);
});

test('a leg that does not sign keeps everything from being published', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  const careless = (workflow: string): string =>
    withSigstore(sigstore)(workflow).replace(
      '      - uses: oci-matrix/oci-matrix/actions/sign-manifest@v1',
      `      - if: matrix.platform == 'linux/amd64'\n        uses: oci-matrix/oci-matrix/actions/sign-manifest@v1`,
    );

  await using run = await runExample(registry, 'signed', { ...released, edit: careless });

  expect(run.job('publish').annotations).toMatchObject([{ title: 'UNSIGNED' }]);
  expect(digestsOf(registry)).toEqual([undefined]);
});
