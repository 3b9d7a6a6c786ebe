import { generateKeyPairSync } from 'node:crypto';
import {
  defaultIdentity,
  parseRecords,
  type SignatureFormat,
  signManifest,
  updateIndex,
} from '@oci-matrix/core';
import { openClient } from '@oci-matrix/distribution';
import { digestOf } from '@oci-matrix/oci';
import { openKeySigner, type Signer } from '@oci-matrix/signing';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { recordsOf } from '../actions/records.ts';
import { hurriedClock as clock } from '../client/hurried-clock.ts';
import { version } from '../examples/garden-linux.ts';
import { type Baseline, pushBaseline } from './kit/baseline.ts';
import { repository } from './kit/publish.ts';
import { targetOf } from './kit/target.ts';
import { findUpdate } from './kit/updater.ts';

const flavor = 'metal_trustedboot_tpm2-gardener_prod';
const target = targetOf(flavor, 'amd64');
const uki = digestOf(
  Object.entries(target.files).find(([name]) => name.endsWith('.uki'))?.[1] ?? '',
);

async function rsaKey() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { publicKey, signer: await openKeySigner({ key }) };
}

async function sign(
  registry: Registry,
  { entry: { digest } }: Baseline,
  signer: Signer,
  ...formats: readonly SignatureFormat[]
): Promise<void> {
  await using client = openClient({ clock });
  const pushed = client.repository({ registry: registry.host, repository });
  await signManifest({ repository: pushed, digest, signer, formats, clock });
}

async function publish(
  registry: Registry,
  baselines: readonly Baseline[],
  { verifier }: Signer,
): Promise<void> {
  await using client = openClient({ clock });
  await updateIndex({
    repository: client.repository({ registry: registry.host, repository }),
    records: parseRecords(
      recordsOf(baselines.map(({ entry: descriptor }) => ({ descriptor }))),
      '',
    ),
    ...{
      tags: [version],
      mode: 'merge',
      identity: [...defaultIdentity, 'annotations.feature_set'],
    },
    requireSignatures: { verifier },
    clock,
  });
}

const wanted = { version, flavor: `${flavor}-amd64` };

test('A13: what is signed in the legacy format with an RSA key is what the updater of devices takes', async () => {
  await using registry = await startRegistry();
  const baseline = pushBaseline(registry, repository, target);
  const { signer, publicKey } = await rsaKey();
  await sign(registry, baseline, signer, 'legacy');
  await publish(registry, [baseline], signer);

  const found = await findUpdate(registry, { ...wanted, publicKey });

  expect(found.digest).toBe(uki);
});

test('A13: the updater takes it beside a bundle too, and nothing that another key signed', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const baseline = pushBaseline(registry, repository, target);
  const [ours, other] = [await rsaKey(), await rsaKey()];
  await sign(registry, baseline, ours.signer, 'bundle', 'legacy');
  await sign(registry, baseline, other.signer, 'legacy');
  await publish(registry, [baseline], ours.signer);

  const found = await findUpdate(registry, { ...wanted, publicKey: ours.publicKey });
  const refused = findUpdate(registry, { ...wanted, publicKey: other.publicKey });

  expect(found.digest).toBe(uki);
  await expect(refused).rejects.toThrow('does not hold');
});

test('A13: the updater finds nothing where only a bundle is', async () => {
  await using registry = await startRegistry();
  const baseline = pushBaseline(registry, repository, target);
  const { signer, publicKey } = await rsaKey();
  await sign(registry, baseline, signer, 'bundle');
  await publish(registry, [baseline], signer);

  await expect(findUpdate(registry, { ...wanted, publicKey })).rejects.toThrow('404');
});

test('A13: an unsigned target never enters the index, nor does one of another key', async () => {
  await using registry = await startRegistry();
  const targets = [
    target,
    targetOf('kvm-gardener_prod', 'amd64'),
    targetOf('gcp-gardener_prod', 'arm64'),
  ];
  const [signed, foreign, unsigned] = targets.map((each) =>
    pushBaseline(registry, repository, each),
  );
  if (!(signed && foreign && unsigned)) throw new Error('no targets');
  const [ours, other] = [await rsaKey(), await rsaKey()];
  await sign(registry, signed, ours.signer, 'legacy');
  await sign(registry, foreign, other.signer, 'legacy');

  const refused = publish(registry, [signed, foreign, unsigned], ours.signer);

  await expect(refused).rejects.toMatchObject({ code: 'UNSIGNED' });
  for (const { entry } of [foreign, unsigned]) {
    await expect(refused).rejects.toThrow(entry.digest);
  }
  expect(registry.tags(repository)).not.toContain(version);
});
