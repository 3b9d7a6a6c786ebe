import { type Digest, encodedOf } from '@oci-matrix/oci';
import type { LegacySignature } from '@oci-matrix/signing';
import * as z from 'zod/mini';
import { jsonOf } from '../json-of.ts';
import { signatureAnnotation, signPredicate } from './formats.ts';
import type { SignatureContent } from './stored-signature.ts';

const some = z.string().check(z.minLength(1));

const simpleSigning = z.object({
  critical: z.object({
    image: z.object({ 'docker-manifest-digest': z.string() }),
    type: z.string(),
  }),
});

const bundle = z.object({
  verificationMaterial: z.looseObject({}),
  dsseEnvelope: z.object({
    payload: some,
    signatures: z.array(z.object({ sig: some })).check(z.minLength(1)),
  }),
});

const statement = z.object({
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })),
  predicateType: z.literal(signPredicate),
});

/** True of what has the form of a signature and names the digest. Anybody can write that: it says nothing of who did. */
export const isWellFormed = (content: SignatureContent, digest: Digest): boolean =>
  content.format === 'bundle'
    ? isBundle(content.bytes, digest)
    : isLegacy(content.signature, digest);

function isLegacy({ payload, annotations }: LegacySignature, digest: Digest): boolean {
  const parsed = simpleSigning.safeParse(jsonOf(payload));
  const named = parsed.data?.critical.image['docker-manifest-digest'];
  return named === digest && Boolean(annotations[signatureAnnotation]);
}

function isBundle(bytes: Uint8Array, digest: Digest): boolean {
  const envelope = bundle.safeParse(jsonOf(bytes)).data?.dsseEnvelope;
  if (envelope === undefined) return false;
  const said = statement.safeParse(jsonOf(Buffer.from(envelope.payload, 'base64')));
  const algorithm = digest.slice(0, digest.indexOf(':'));
  return said.data?.subject.some((one) => one.digest[algorithm] === encodedOf(digest)) ?? false;
}
