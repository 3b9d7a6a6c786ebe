import { type Descriptor, descriptorOf } from '@oci-matrix/oci';
import { checkDigestHeader, digestHeader } from '../check-digest.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import { bytesBody } from '../transport/body.ts';
import type { Reply } from '../transport/exchange.ts';
import { redactUrl } from '../transport/redact.ts';
import { resolveManifest } from './resolve-manifest.ts';

export interface PutManifest {
  readonly descriptor: Descriptor;
  readonly answer: Pick<Reply, 'headers'>;
}

export interface PutOptions extends CallOptions {
  readonly tag?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
}

/** Puts the bytes at a tag, or at their digest, there with tags for the registries that move them too. It may be repeated: the same bytes are the same manifest. */
export async function putManifest(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  { tag, tags = [], beforeRepeat, signal }: PutOptions,
): Promise<PutManifest> {
  const { registry, routes, scopes } = context;
  const descriptor = descriptorOf(bytes, mediaType);
  const target = tag ?? descriptor.digest;
  let isRepeat = false;
  const put = async () => {
    if (isRepeat) await beforeRepeat?.();
    isRepeat = true;
    return registry.once({
      kind: 'manifest-push',
      method: 'PUT',
      url: routes.manifest(target, tags),
      signal,
      headers: { 'content-type': mediaType },
      body: bytesBody(bytes),
      scopes: scopes.push,
      expect: [200, 201, 202, 204],
    });
  };
  const answer = await registry.retry(put, { signal, temporary: isTemporaryPut });
  await answer.discard();
  checkDigestHeader(answer, descriptor.digest);
  // Whoever does not say what it took may have taken nothing: any web page is a 200.
  if (digestHeader(answer) === undefined) {
    // A tag may be shown late where the manifest is there.
    const reference = answer.status === 201 ? descriptor.digest : target;
    const found = await resolveManifest(context, reference, { signal });
    if (found?.digest !== descriptor.digest) throw notTaken(answer);
  }
  return { descriptor, answer };
}

// The digest is right: distribution says so too when it reads the link of a blob while somebody else pushes that blob,
// and sees an empty file: https://github.com/distribution/distribution/blob/v2.8.2/registry/handlers/manifests.go
const isTemporaryPut = (error: unknown): boolean =>
  isTemporary(error) ||
  (error instanceof RegistryError && error.errors.some(({ code }) => code === 'DIGEST_INVALID'));

const notTaken = ({ url, status }: Reply): ProtocolError =>
  new ProtocolError(
    `PUT ${redactUrl(url)} was answered with ${status}, and the manifest is not there`,
  );
