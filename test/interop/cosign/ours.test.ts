import { type SignatureFormat, signManifest } from '@oci-matrix/core';
import { openCommandSigner, openKeySigner, type Signer } from '@oci-matrix/signing';
import { expect } from 'vitest';
import { publish } from '../publish.ts';
import { openStage } from '../stage.ts';
import { testWith } from '../test-with.ts';
import { amd64, arm64 } from '../theirs.ts';
import { keyKinds, makePair } from './keys.ts';
import { openCosign } from './open-cosign.ts';

const formats: readonly SignatureFormat[] = ['bundle', 'legacy'];
const refusal = /no matching (?:signatures|attestations)/;

/** The registry without the referrers API, and the one with it. */
const servers = ['docker-registry', 'olareg'] as const;

for (const server of servers) {
  for (const kind of keyKinds) {
    testWith([server, 'cosign'], `what we sign with ${kind} is accepted, of our key`, async () => {
      await using stage = await openStage(server);
      await using cosign = await openCosign();
      const { repository, image } = stage.app;
      const { descriptor } = await publish(stage.app, [amd64]);
      const { key, publicKey } = makePair(kind);
      const reference = `${image}@${descriptor.digest}`;

      const signer = await openKeySigner({ key });
      await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });

      const stranger = makePair(kind).publicKey;
      for (const format of formats) {
        expect(await cosign.verify(reference, publicKey, format)).toContain(descriptor.digest);
        await expect(cosign.verify(reference, stranger, format)).rejects.toThrow(refusal);
      }
    });
  }

  testWith([server, 'cosign'], 'a changed byte of what we signed is refused', async () => {
    await using stage = await openStage(server);
    await using cosign = await openCosign();
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const { key, publicKey } = makePair('P-256');
    const reference = `${image}@${descriptor.digest}`;

    const signer = changing(await openKeySigner({ key }));
    await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });

    for (const format of formats) {
      await expect(cosign.verify(reference, publicKey, format)).rejects.toThrow(refusal);
    }
  });

  testWith([server, 'cosign'], 'an index and its images are signed at once', async () => {
    await using stage = await openStage(server);
    await using cosign = await openCosign();
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64, arm64]);
    const { key, publicKey } = makePair('RSA');

    const signer = await openKeySigner({ key });
    const signing = { repository, signer, formats, recursive: true };
    await signManifest({ ...signing, digest: descriptor.digest });

    const digests = [descriptor, amd64.root, arm64.root].map(({ digest }) => digest);
    for (const digest of digests) {
      for (const format of formats) {
        await expect(cosign.verify(`${image}@${digest}`, publicKey, format)).resolves.toContain(
          digest,
        );
      }
    }
  });

  testWith([server, 'cosign'], 'signatures of both sides stand beside each other', async () => {
    await using stage = await openStage(server);
    await using cosign = await openCosign();
    const { repository, image } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const [before, ours, after] = [
      await cosign.generate(),
      makePair('RSA'),
      await cosign.generate(),
    ];
    const reference = `${image}@${descriptor.digest}`;

    const signer = await openKeySigner({ key: ours.key });
    for (const format of formats) await cosign.sign(reference, before, format);
    await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });
    for (const format of formats) await cosign.sign(reference, after, format);

    for (const { publicKey } of [before, ours, after]) {
      for (const format of formats) {
        await expect(cosign.verify(reference, publicKey, format)).resolves.toContain(
          descriptor.digest,
        );
      }
    }
  });
}

testWith(['olareg', 'cosign'], 'SHA-384 of a command is accepted with a flag alone', async () => {
  await using stage = await openStage('olareg');
  await using cosign = await openCosign();
  const { repository, image } = stage.app;
  const { descriptor } = await publish(stage.app, [amd64]);
  const { key, publicKey } = makePair('P-384');
  const reference = `${image}@${descriptor.digest}`;
  const program =
    "process.stdout.write(require('crypto').sign('sha384', require('fs').readFileSync(0), process.env.KEY))";
  const env = { PATH: process.env.PATH, NODE: process.execPath, PROGRAM: program, KEY: key };

  const signer = openCommandSigner({ command: '"$NODE" -e "$PROGRAM"', publicKey, env });
  await signManifest({ ...{ repository, signer, formats }, digest: descriptor.digest });

  const flag = '--signature-digest-algorithm=sha384';
  for (const format of formats) {
    await expect(cosign.verify(reference, publicKey, format)).rejects.toThrow(refusal);
    await expect(cosign.verify(reference, publicKey, format, flag)).resolves.toContain(
      descriptor.digest,
    );
  }
});

/** Signs, and then adds a blank to the end of what it signed: JSON as good as before. */
const changing = (signer: Signer): Signer => ({
  ...signer,
  verifier: { bundle: async () => undefined, legacy: async () => undefined },
  bundle: async (subject) => {
    const bundle = JSON.parse(new TextDecoder().decode(await signer.bundle(subject)));
    const { dsseEnvelope } = bundle;
    const payload = Buffer.from(`${Buffer.from(dsseEnvelope.payload, 'base64')} `);
    const changed = { ...dsseEnvelope, payload: payload.toString('base64') };
    return new TextEncoder().encode(JSON.stringify({ ...bundle, dsseEnvelope: changed }));
  },
  legacy: async (subject) => {
    const { payload, annotations } = await signer.legacy(subject);
    return { annotations, payload: Uint8Array.of(...payload, 0x20) };
  },
});
