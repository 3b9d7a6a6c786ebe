import {
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  digestOf,
  mediaTypes,
} from '@oci-matrix/oci';

/** Pushes an index of two small container images, as another tool would long before the release, and gives its entries. */
export async function pushContainerImages(
  registry: URL,
  repository: string,
  tag: string,
): Promise<Descriptor[]> {
  const base = new URL(`/v2/${repository}/`, registry);
  const entries = await Promise.all(
    ['amd64', 'arm64'].map((architecture) => pushImage(base, architecture)),
  );
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: entries };
  // The other tool writes JSON in a manner of its own, which must survive.
  const bytes = new TextEncoder().encode(JSON.stringify(index, undefined, 3));
  await putManifest(base, tag, bytes, mediaTypes.imageIndex);
  return entries;
}

async function pushImage(base: URL, architecture: string): Promise<Descriptor> {
  const layer = new TextEncoder().encode(`the root file system for ${architecture}\n`);
  const diffId = digestOf(layer);
  const config = canonicalBytes({
    architecture,
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [diffId] },
  });
  const manifest = canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: descriptorOf(config, mediaTypes.imageConfig),
    layers: [descriptorOf(layer, mediaTypes.imageLayer)],
  });
  await Promise.all([putBlob(base, layer), putBlob(base, config)]);
  const descriptor = descriptorOf(manifest, mediaTypes.imageManifest);
  await putManifest(base, descriptor.digest, manifest, mediaTypes.imageManifest);
  return { ...descriptor, platform: { architecture, os: 'linux' } };
}

async function putBlob(base: URL, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const started = await request(new URL('blobs/uploads/', base), { method: 'POST' });
  const location = new URL(started.headers.get('location') ?? '', started.url);
  location.searchParams.set('digest', digestOf(bytes));
  await request(location, { method: 'PUT', body: bytes });
}

async function putManifest(
  base: URL,
  reference: string,
  body: Uint8Array<ArrayBuffer>,
  mediaType: string,
): Promise<void> {
  const url = new URL(`manifests/${reference}`, base);
  await request(url, { method: 'PUT', body, headers: { 'content-type': mediaType } });
}

async function request(url: URL, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options).catch((cause: unknown) => {
    throw new Error(`no registry answers at ${url.origin}`, { cause });
  });
  if (response.ok) return response;
  throw new Error(`${options.method} ${url.origin}${url.pathname} answered ${response.status}`);
}
