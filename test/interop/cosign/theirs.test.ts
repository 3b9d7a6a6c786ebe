import { findSignatures, type SignatureFormat, signManifest } from '@oci-matrix/core';
import { openKeySigner, verifierOfKey } from '@oci-matrix/signing';
import { expect } from 'vitest';
import { publish } from '../publish.ts';
import { openStage } from '../stage.ts';
import { testWith } from '../test-with.ts';
import { amd64 } from '../theirs.ts';
import { type KeyKind, makePair } from './keys.ts';
import { openCosign, password } from './open-cosign.ts';

const formats: readonly SignatureFormat[] = ['bundle', 'legacy'];
const servers = ['docker-registry', 'olareg'] as const;

const importable: readonly KeyKind[] = ['P-256', 'P-384', 'RSA'];

for (const server of servers) {
  for (const kind of importable) {
    testWith([server, 'cosign'], `what cosign signs with ${kind} holds for us`, async () => {
      await using stage = await openStage(server);
      await using cosign = await openCosign();
      const { repository, image } = stage.app;
      const { descriptor } = await publish(stage.app, [amd64]);
      const { digest } = descriptor;
      const theirs = await cosign.import(makePair(kind).key);

      for (const format of formats) await cosign.sign(`${image}@${digest}`, theirs, format);

      const stranger = verifierOfKey(makePair(kind).publicKey);
      const verifier = verifierOfKey(theirs.publicKey);
      const found = await findSignatures({ repository, digest, verifier });
      const foreign = await findSignatures({ repository, digest, verifier: stranger });
      expect(found.map(({ format }) => format)).toEqual(formats);
      expect(foreign).toEqual([]);
    });
  }

  testWith([server, 'cosign'], 'what cosign signed with our key is not signed again', async () => {
    await using stage = await openStage(server);
    await using cosign = await openCosign();
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const { digest } = descriptor;
    const theirs = await cosign.generate();
    for (const format of formats) await cosign.sign(`${image}@${digest}`, theirs, format);

    const signer = await openKeySigner({ key: theirs.key, password });
    const signed = await signManifest({ repository, digest, signer, formats });

    expect(signed.map(({ outcome }) => outcome)).toEqual(['present', 'present']);
  });
}

testWith(['olareg', 'cosign'], 'no verify takes what cosign signs with Ed25519', async () => {
  await using stage = await openStage('olareg');
  await using cosign = await openCosign();
  const { repository, image } = stage.app;
  const { descriptor } = await publish(stage.app, [amd64]);
  const { digest } = descriptor;
  const theirs = await cosign.import(makePair('Ed25519').key);

  for (const format of formats) await cosign.sign(`${image}@${digest}`, theirs, format);

  // It signs Ed25519ph, and verifies pure Ed25519, which is what we sign: https://github.com/sigstore/cosign/blob/v3.1.2/pkg/cosign/keys.go
  const verifier = verifierOfKey(theirs.publicKey);
  expect(await findSignatures({ repository, digest, verifier })).toEqual([]);
  for (const format of formats) {
    await expect(cosign.verify(`${image}@${digest}`, theirs.publicKey, format)).rejects.toThrow(
      /no matching/,
    );
  }
});

testWith(['cosign'], 'a key that cosign made or imported opens with its password', async () => {
  await using cosign = await openCosign();
  const imported = (['P-256', 'P-384', 'RSA', 'Ed25519'] as const).map((kind) =>
    cosign.import(makePair(kind).key),
  );

  for (const { key, publicKey } of [await cosign.generate(), ...(await Promise.all(imported))]) {
    const signer = await openKeySigner({ key, password });

    const digest = `sha256:${'ab'.repeat(32)}` as const;
    const image = { registry: 'registry.acme.io', repository: 'acme/app' };
    const bundle = await signer.bundle({ image, digest });
    await expect(verifierOfKey(publicKey).bundle(bundle, digest)).resolves.toBeUndefined();
    await expect(openKeySigner({ key, password: 'wrong' })).rejects.toMatchObject({
      code: 'KEY_PASSWORD',
    });
  }
});
