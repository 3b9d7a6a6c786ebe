import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findSignatures, type SignatureFormat, signManifest } from '@oci-matrix/core';
import { openKeylessSigner, verifierOfIdentity } from '@oci-matrix/signing';
import { type Sigstore, signIdToken, startSigstore, temporaryDirectory } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { publish } from '../publish.ts';
import { openStage } from '../stage.ts';
import { testWith } from '../test-with.ts';
import { amd64 } from '../theirs.ts';
import { runTool } from '../tools.ts';

const formats: readonly SignatureFormat[] = ['bundle', 'legacy'];
const refusal = /no matching (?:signatures|attestations)/;
const issuer = 'https://token.actions.githubusercontent.com';
const workflow = 'acme/app/.github/workflows/release.yml@refs/heads/main';
const identity = `https://github.com/${workflow}`;
const right = { identity, issuer };
const wrong = [
  { identity: identity.replace('app', 'other'), issuer },
  { identity, issuer: 'https://issuer.example' },
];

const makeToken = (): string =>
  signIdToken({ iss: issuer, aud: 'sigstore', sub: 'x', job_workflow_ref: workflow });

/** What cosign prints of each; where it finds no bundle it looks for the other. */
const typeOf: Readonly<Record<SignatureFormat, string>> = {
  bundle: 'https://sigstore.dev/cosign/sign/v1',
  legacy: 'cosign container image signature',
};

/** cosign with nothing of this machine's settings and an instance of Sigstore on this machine. */
async function openCosign({ trustedRoot, fulcioUrl, rekorUrl }: Sigstore) {
  const folder = await temporaryDirectory('cosign');
  const env = { HOME: folder.path, DOCKER_CONFIG: folder.path };
  const root = join(folder.path, 'trusted_root.json');
  const config = join(folder.path, 'signing_config.json');
  await writeFile(root, trustedRoot);
  await writeFile(config, JSON.stringify(signingConfig(fulcioUrl, rekorUrl)));
  const run = (command: string, ...flags: string[]) => {
    const args = [command, '--allow-http-registry', '--trusted-root', root, ...flags];
    // What cosign takes for the token of its surroundings.
    const surroundings = { ...env, SIGSTORE_ID_TOKEN: makeToken() };
    return runTool('cosign', args, { env: surroundings, cwd: folder.path });
  };
  return {
    sign: (reference: string) => run('sign', '--yes', '--signing-config', config, reference),
    verify: async (reference: string, format: SignatureFormat, by = right, ...more: string[]) => {
      const who = ['--certificate-identity', by.identity, '--certificate-oidc-issuer', by.issuer];
      const how = ['--offline=true', `--new-bundle-format=${format === 'bundle'}`];
      const printed = String(await run('verify', ...who, ...how, ...more, reference));
      expect(printed).toContain(`"type":"${typeOf[format]}"`);
      return printed;
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const signingConfig = (fulcioUrl: string, rekorUrl: string) => {
  const more = {
    majorApiVersion: 1,
    validFor: { start: '2024-01-01T00:00:00Z' },
    operator: 'local',
  };
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [{ url: fulcioUrl, ...more }],
    rekorTlogUrls: [{ url: rekorUrl, ...more }],
    rekorTlogConfig: { selector: 'ANY' },
  };
};

for (const server of ['docker-registry', 'olareg'] as const) {
  testWith([server, 'cosign'], 'what a workflow signs is accepted, of its identity', async () => {
    await using stage = await openStage(server);
    await using sigstore = await startSigstore();
    await using cosign = await openCosign(sigstore);
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const reference = `${image}@${descriptor.digest}`;

    const { fulcioUrl, rekorUrl, timestampUrl, trustedRoot } = sigstore;
    const identityToken = () => Promise.resolve(makeToken());
    const where = { fulcioUrl, rekorUrl, timestampUrl, trustedRoot };
    const signer = await openKeylessSigner({ identityToken, ...where });
    await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });

    for (const format of formats) {
      await expect(cosign.verify(reference, format)).resolves.toContain(descriptor.digest);
      for (const by of wrong) {
        await expect(cosign.verify(reference, format, by)).rejects.toThrow(refusal);
      }
    }
  });

  testWith([server, 'cosign'], 'what cosign signs with an identity is accepted', async () => {
    await using stage = await openStage(server);
    await using sigstore = await startSigstore();
    await using cosign = await openCosign(sigstore);
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const { trustedRoot } = sigstore;

    await cosign.sign(`${image}@${descriptor.digest}`);

    const of = async (by: typeof right) => {
      const verifier = await verifierOfIdentity({ ...by, trustedRoot });
      return findSignatures({ repository, digest: descriptor.digest, verifier });
    };
    expect(await of(right)).toHaveLength(1);
    for (const by of wrong) expect(await of(by)).toEqual([]);
  });
}

testWith(['olareg', 'cosign'], 'timestamps alone are accepted, where there is no log', async () => {
  await using stage = await openStage('olareg');
  await using sigstore = await startSigstore();
  await using cosign = await openCosign(sigstore);
  const { repository, image } = stage.app;
  const { descriptor } = await publish(stage.app, [amd64]);
  const reference = `${image}@${descriptor.digest}`;
  const { fulcioUrl, timestampUrl } = sigstore;
  const identityToken = () => Promise.resolve(makeToken());

  const where = { fulcioUrl, rekorUrl: 'none', timestampUrl };
  const signer = await openKeylessSigner({ identityToken, ...where });
  await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });

  const flags = ['--use-signed-timestamps=true', '--insecure-ignore-tlog=true'];
  for (const format of formats) {
    await expect(cosign.verify(reference, format)).rejects.toThrow();
    await expect(cosign.verify(reference, format, right, ...flags)).resolves.toContain(
      descriptor.digest,
    );
  }
});
