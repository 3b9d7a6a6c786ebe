import { verifierOfIdentity } from '@oci-matrix/signing';
import { type Registry, type Sigstore, startRegistry, startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageOf, linux, seed } from './content.ts';
import { writes } from './refusal.ts';

const image = imageOf(linux('arm64'), 1);
const { digest } = image.descriptor;
const issuer = 'https://token.actions.githubusercontent.com';

const sign = (
  registry: Registry,
  { fulcioUrl, rekorUrl }: Sigstore,
  inputs: Readonly<Record<string, string>> = {},
) =>
  act('sign-manifest', {
    idToken: true,
    with: {
      image: `${registry.host}/acme/app`,
      ...{ digest, keyless: 'true', 'fulcio-url': fulcioUrl, 'rekor-url': rekorUrl },
      ...inputs,
    },
  });

test('what GitHub says of the workflow signs, and Sigstore has seen it', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  seed(registry, 'acme/app', image);

  const { outputs, annotations } = await sign(registry, sigstore, { format: 'both' });

  expect(annotations).toEqual([]);
  const signatures = JSON.parse(outputs.signatures ?? '[]');
  const { identity } = signatures[0].signedBy;
  expect(identity).toMatch(/^https:\/\/github\.com\/acme\/app\/\.github\/workflows\//);
  expect(signatures).toMatchObject([
    { format: 'bundle', outcome: 'signed', signedBy: { identity, issuer } },
    { format: 'legacy', outcome: 'signed', signedBy: { identity, issuer } },
  ]);
  expect(outputs['verify-command']).toBe(
    `cosign verify --certificate-identity ${identity} --certificate-oidc-issuer ${issuer} ${registry.host}/acme/app@${digest}`,
  );

  const { trustedRoot } = sigstore;
  const { layers } = JSON.parse(
    Buffer.from(
      registry.manifest('acme/app', signatures[0].descriptor.digest)?.bytes ?? [],
    ).toString(),
  );
  const bundle = registry.blob('acme/app', layers[0].digest) ?? new Uint8Array();
  const right = await verifierOfIdentity({ identity, issuer, trustedRoot });
  const wrong = await verifierOfIdentity({ identity: `${identity}x`, issuer, trustedRoot });
  await expect(right.bundle(bundle, digest)).resolves.toBeUndefined();
  await expect(wrong.bundle(bundle, digest)).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
});

test('signing again by the same workflow writes nothing', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  seed(registry, 'acme/app', image);
  await sign(registry, sigstore);
  registry.clearRequests();

  const { outputs } = await sign(registry, sigstore);

  expect(JSON.parse(outputs.signatures ?? '')).toMatchObject([{ outcome: 'present' }]);
  expect(writes(registry)).toEqual([]);
});

test('a log that is not wanted sees nothing', async () => {
  await using registry = await startRegistry();
  await using sigstore = await startSigstore();
  seed(registry, 'acme/app', image);
  const { timestampUrl } = sigstore;

  const { outputs, annotations } = await sign(registry, sigstore, {
    'rekor-url': 'none',
    'timestamp-url': timestampUrl,
  });

  expect(annotations).toEqual([]);
  expect(sigstore.requests('rekor')).toEqual([]);
  expect(outputs['verify-command']).toContain('--insecure-ignore-tlog=true');
});

test.each([
  ['fulcio', 503, 'FULCIO'],
  ['rekor', 'garbage', 'REKOR'],
  ['fulcio', 'future', 'CLOCK_SKEW'],
] as const)(
  'a %s that answers with %s is one error, and nothing is signed',
  async (service, fault, code) => {
    await using registry = await startRegistry();
    await using sigstore = await startSigstore();
    seed(registry, 'acme/app', image);
    sigstore.fail(service, fault);

    const { annotations } = await sign(registry, sigstore);

    expect(annotations).toMatchObject([{ level: 'error', title: code }]);
    expect(writes(registry)).toEqual([]);
  },
);
