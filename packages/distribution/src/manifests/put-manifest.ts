import { type Descriptor, descriptorOf } from '@oci-matrix/oci';
import { checkDigestHeader } from '../check-digest.ts';
import type { Answer } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { bytesBody } from '../transport/body.ts';

export interface PutManifest {
  readonly descriptor: Descriptor;
  readonly answer: Answer;
}

export interface PutOptions extends CallOptions {
  readonly tag?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Puts the bytes at a tag, or at their digest, there with tags for the registries that move them too. It may be repeated: the same bytes are the same manifest. */
export async function putManifest(
  { registry, routes, scopes }: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  { tag, tags = [], signal }: PutOptions,
): Promise<PutManifest> {
  const descriptor = descriptorOf(bytes, mediaType);
  const answer = await registry.call({
    kind: 'manifest-push',
    method: 'PUT',
    url: routes.manifest(tag ?? descriptor.digest, tags),
    signal,
    headers: { 'content-type': mediaType },
    body: bytesBody(bytes),
    scopes: scopes.push,
    expect: [200, 201, 202, 204],
  });
  checkDigestHeader(answer, descriptor.digest);
  return { descriptor, answer };
}
