import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { type Digest, parseDigest } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';

/** A key to sign with, and what verifies it. */
export interface TestKey {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly publicKey: string;
  readonly verifyingKey: KeyObject;
}

/** A new key; P-256 unless something else is said. */
export function testKey(type: 'ec' | 'rsa' | 'ed25519' = 'ec', passphrase?: string): TestKey {
  const { privateKey, publicKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ed25519');
  const format = { type: 'pkcs8', format: 'pem' } as const;
  return {
    key: privateKey
      .export(passphrase === undefined ? format : { ...format, cipher: 'aes-256-cbc', passphrase })
      .toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    verifyingKey: publicKey,
  };
}

const json = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString());

/** The statement of a bundle that refers to a digest, if its envelope is signed by the key: DSSE v1, sha256. */
export function statementOf(
  registry: Registry,
  repository: string,
  manifest: string,
  { verifyingKey }: TestKey,
): { readonly subject: readonly { readonly digest: { readonly sha256: string } }[] } | undefined {
  const { layers } = json(registry.manifest(repository, manifest)?.bytes);
  const { dsseEnvelope } = json(registry.blob(repository, layers[0].digest));
  const { payload, payloadType, signatures } = dsseEnvelope;
  const body = Buffer.from(payload, 'base64');
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `),
    body,
  ]);
  const signature = Buffer.from(signatures[0].sig, 'base64');
  return verify('sha256', signed, verifyingKey, signature) ? json(body) : undefined;
}

/** All digests that a key signed in bundles, sorted. */
export const signedBy = (registry: Registry, repository: string, key: TestKey): string[] =>
  registry
    .manifests(repository)
    .filter((digest) => json(registry.manifest(repository, digest)?.bytes).subject !== undefined)
    .flatMap((digest) => statementOf(registry, repository, digest, key)?.subject ?? [])
    .map(({ digest }) => `sha256:${digest.sha256}`)
    .sort();

interface StoredBundle {
  readonly subject: Digest;
  readonly bundle: Uint8Array;
}

/** All Sigstore bundles in a repository, each with what it refers to. */
export const bundlesIn = (registry: Registry, repository: string): StoredBundle[] =>
  registry.manifests(repository).flatMap((digest) => {
    const { subject, artifactType, layers } = json(registry.manifest(repository, digest)?.bytes);
    if (!/sigstore\.bundle/.test(artifactType ?? '')) return [];
    const bundle = registry.blob(repository, layers[0].digest);
    return bundle === undefined ? [] : [{ subject: parseDigest(subject.digest), bundle }];
  });
