import { type Digest, digestOf, mediaTypes } from '@oci-matrix/oci';
import type { Registry } from '../registry.ts';
import { jsonIn, locationIn, withQuery } from '../sample.ts';

/** A repository of a registry, to somebody whom it knows. */
export interface Login {
  /** Asks for an absolute URL, or a path after `/v2/<repository>/`. */
  ask(path: string | URL, init?: RequestInit): Promise<Response>;
}

/** Logs in as the registry wants it: with nothing, a password, or a token to push to one repository and mount from another. */
export async function logIn(
  registry: Registry,
  repository: string,
  from: string = repository,
): Promise<Login> {
  const authorization = await authorizationFor(registry, repository, from);
  const base = `${registry.url}/v2/${repository}/`;
  return {
    ask(path, init = {}) {
      const headers = new Headers(init.headers);
      if (authorization !== undefined) headers.set('authorization', authorization);
      return fetch(new URL(path, base), { ...init, headers });
    },
  };
}

async function authorizationFor(
  registry: Registry,
  repository: string,
  from: string,
): Promise<string | undefined> {
  const { auth, url } = registry;
  if (auth.kind === 'none') return undefined;
  const basic = `Basic ${btoa(`${auth.username}:${auth.password}`)}`;
  if (auth.kind === 'basic') return basic;
  const scope = `repository:${repository}:pull,push repository:${from}:pull`;
  const answer = await fetch(`${url}/token?scope=${scope}`, { headers: { authorization: basic } });
  const { token, access_token } = await jsonIn(answer);
  return `Bearer ${token ?? access_token}`;
}

/** Starts an upload, and returns its location. */
export const startUpload = async ({ ask }: Login): Promise<URL> =>
  locationIn(await ask('blobs/uploads/', { method: 'POST' }));

/** Pushes a blob by POST and PUT. */
export async function pushBlob(login: Login, content: string): Promise<Response> {
  const location = withQuery(await startUpload(login), 'digest', digestOf(content));
  return await login.ask(location, { method: 'PUT', body: content });
}

/** An image manifest over two contents; `more` adds fields. */
export function imageOf(config: string, layer: string, more: object = {}) {
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: describe(config, mediaTypes.imageConfig),
    layers: [describe(layer, mediaTypes.imageLayer)],
    ...more,
  };
}

const describe = (content: string, mediaType: string) => ({
  mediaType,
  digest: digestOf(content),
  size: content.length,
});

/** Pushes a manifest under a tag or a digest. */
export async function pushManifest(
  { ask }: Login,
  reference: string,
  document: { readonly mediaType: string; readonly [key: string]: unknown },
): Promise<{ readonly answer: Response; readonly digest: Digest }> {
  const body = JSON.stringify(document);
  const headers = { 'content-type': document.mediaType };
  const answer = await ask(`manifests/${reference}`, { method: 'PUT', headers, body });
  return { answer, digest: digestOf(body) };
}

/** Pushes an image with both of its blobs. */
export async function pushImage(login: Login, reference: string, more: object = {}) {
  for (const content of ['{}', 'layer']) await pushBlob(login, content);
  return await pushManifest(login, reference, imageOf('{}', 'layer', more));
}
