import { type Descriptor, digestOf, mediaTypes } from '@oci-matrix/oci';
import type { Registry } from './registry.ts';

/** An image manifest whose config and layer are in the repository already; `more` adds fields. */
export function sampleImage(registry: Registry, repository: string, more: object = {}) {
  const config = { ...registry.seedBlob(repository, '{}'), mediaType: mediaTypes.imageConfig };
  const layer = { ...registry.seedBlob(repository, 'layer'), mediaType: mediaTypes.imageLayer };
  const layers: Descriptor[] = [layer];
  return { schemaVersion: 2, mediaType: mediaTypes.imageManifest, config, layers, ...more };
}

/** Pushes a manifest as a client does; the `Content-Type` is the document's own media type. */
export function putManifestTo(
  registry: Registry,
  path: string,
  document: { readonly mediaType: string; readonly [key: string]: unknown },
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${registry.url}/v2/${path}`, {
    method: 'PUT',
    headers: { 'content-type': document.mediaType, ...headers },
    body: JSON.stringify(document),
  });
}

/** The digest of a document as `putManifestTo` sends it. */
export const digestOfDocument = (document: object) => digestOf(JSON.stringify(document));

/** Starts an upload, and returns its location. */
export async function startUploadAt(registry: Registry, repository: string): Promise<URL> {
  const started = await fetch(`${registry.url}/v2/${repository}/blobs/uploads/`, {
    method: 'POST',
  });
  return locationIn(started);
}

/** The `Location` of an answer, made absolute. */
export const locationIn = (answer: Response): URL =>
  new URL(answer.headers.get('location') ?? '', answer.url);

/** The URL with a query parameter more. */
export function withQuery(url: URL, key: string, value: string): URL {
  const copy = new URL(url);
  copy.searchParams.append(key, value);
  return copy;
}

/** The value in a JSON body. */
export const jsonIn = async (answer: Response) => JSON.parse(await answer.text());

/** The codes in an error body. */
export async function codesIn(answer: Response): Promise<string[]> {
  const { errors } = await jsonIn(answer);
  return errors.map(({ code }: { code: string }) => code);
}
