import { type Registry, startRegistry, startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { signedBy, testKey } from '../actions/signing.ts';
import { publishedAt } from '../flows/kit/published.ts';
import { repository, runOn } from '../flows/kit/run.ts';
import { callFiles, calling } from './calling.ts';
import { reusableFiles } from './run-example.ts';

test('signed by a key, the index and its images are signed before the tag names them', async () => {
  await using registry = await startRegistry();
  const signing = testKey();
  const secrets = `    secrets: { signing-key: '\${{ secrets.KEY }}' }\n`;
  const source = calling(['sign: true']).replace('  report:\n', `${secrets}  report:\n`);

  await using run = await runOn(registry, source, {
    files: await reusableFiles(callFiles),
    secrets: { KEY: signing.key },
  });

  const published = publishedAt(registry, repository, 'v1');
  const entries = (published?.index.manifests ?? []).map(({ digest }) => digest);
  const { protected: kept } = JSON.parse(run.job('report').steps[0]?.log ?? 'null');
  expect(run.conclusion).toBe('success');
  expect(signedBy(registry, repository, signing)).toEqual(
    [...new Set([published?.digest, ...entries])].toSorted(),
  );
  expect(kept.toSorted()).toEqual(withoutFallbacks(registry).toSorted());
});

// What no tag of its own keeps alive.
const withoutFallbacks = (registry: Registry): string[] => {
  const fallbacks = registry.tags(repository).filter((tag) => tag.startsWith('sha256-'));
  const named = fallbacks.map((tag) => registry.manifest(repository, tag)?.digest);
  return registry.manifests(repository).filter((digest) => !named.includes(digest));
};

test.each([
  ['signs what nothing else signs', '      id-token: write\n', 'success'],
  ['needs the permission for it', '', 'failure'],
])('signed without a key, a call %s', async (_, permission, conclusion) => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  const given = await reusableFiles(callFiles);
  const workflow = '.github/workflows/publish.yml';
  // The workflow signs with the public instance; here that is on this machine.
  const local = (given[workflow] ?? '').replace(
    'keyless:',
    `fulcio-url: ${sigstore.fulcioUrl}\n          rekor-url: ${sigstore.rekorUrl}\n          keyless:`,
  );
  const permissions = `    permissions:\n      contents: read\n      packages: write\n${permission}`;
  const source = calling(['sign: true']).replace('    with:\n', `${permissions}    with:\n`);

  await using run = await runOn(registry, source, { files: { ...given, [workflow]: local } });

  expect(run.conclusion).toBe(conclusion);
  expect(registry.tags(repository).includes('v1')).toBe(conclusion === 'success');
});
