import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type TestLayout, testLayout } from './layout.ts';

/** A layout, and what a leg is to push of it. */
export interface ToolLayout {
  readonly layout: TestLayout;
  readonly root: Descriptor;
  readonly children?: readonly Descriptor[];
}

const named = (entry: Descriptor, annotations: Record<string, string>): Descriptor => ({
  ...entry,
  annotations,
});

const withoutPlatform = ({ platform: _, ...entry }: Descriptor): Descriptor => entry;

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];

/** `docker buildx build --output type=oci`: one entry with three names for an index, provenance beside the image in there. */
export function buildxLayout(compression: 'gzip' | 'zstd' | 'uncompressed' = 'gzip'): ToolLayout {
  const layout = testLayout();
  const layerType = {
    gzip: mediaTypes.imageLayerGzip,
    zstd: mediaTypes.imageLayerZstd,
    uncompressed: mediaTypes.imageLayer,
  }[compression];
  const image = layout.image('linux/amd64', { layerType });
  const attestation = layout.attestation(image);
  const top = named(layout.index(image, attestation), {
    'io.containerd.image.name': 'docker.io/acme/app:1.0',
    'org.opencontainers.image.created': '2026-01-01T00:00:00Z',
    'org.opencontainers.image.ref.name': '1.0',
  });
  return { layout: layout.finish([top]), root: image, children: [image, attestation] };
}

/** The same for several platforms at a time. */
export function buildxMultiLayout(): ToolLayout {
  const layout = testLayout();
  const images = platforms.map((platform) => layout.image(platform));
  const all = [...images, ...images.map((image) => layout.attestation(image))];
  const index = layout.index(...all);
  layout.finish([named(index, { 'org.opencontainers.image.ref.name': 'latest' })]);
  return { layout, root: index, children: all };
}

/** `skopeo copy … oci:DIR:1.0`, and buildah and podman, which share its code: no media type at the top, no platform. */
export function skopeoLayout(): ToolLayout {
  const layout = testLayout();
  const image = layout.image('linux/arm64');
  const entry = named(withoutPlatform(image), { 'org.opencontainers.image.ref.name': '1.0' });
  return { layout: layout.finish([entry], {}), root: image };
}

/** `umoci`: one layout for all tags of an image, each of them an entry without a platform. */
export function umociLayout(): ToolLayout {
  const layout = testLayout();
  const image = withoutPlatform(layout.image('linux/amd64'));
  const entries = ['1.0', 'latest'].map((tag) =>
    named(image, { 'org.opencontainers.image.ref.name': tag }),
  );
  return { layout: layout.finish(entries, {}), root: layout.image('linux/amd64') };
}

/** `crane pull --format=oci` of one platform: no names, no platform at the top. */
export function craneLayout(): ToolLayout {
  const layout = testLayout();
  const image = layout.image('linux/s390x');
  return { layout: layout.finish([withoutPlatform(image)]), root: image };
}

/** `ko build --oci-layout-path`: an index of all platforms, whose entries have annotations of their own. */
export function koLayout(): ToolLayout {
  const layout = testLayout();
  const base = { 'org.opencontainers.image.base.name': 'cgr.dev/chainguard/static' };
  const images = platforms.map((platform) => named(layout.image(platform), base));
  const index = layout.index(...images);
  return { layout: layout.finish([index]), root: index, children: images };
}

/** `apko build`: an index of all architectures in an index.json without names. */
export function apkoLayout(): ToolLayout {
  const layout = testLayout();
  const images = platforms.map((platform) => layout.image(platform));
  const index = layout.index(...images);
  return {
    layout: layout.finish([index], { mediaType: mediaTypes.imageIndex }),
    root: index,
    children: images,
  };
}

/** `oras push --oci-layout`: an artifact with the empty config. */
export function orasLayout(): ToolLayout {
  const layout = testLayout();
  const artifactType = 'application/vnd.acme.disk';
  const manifest = layout.blob(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      artifactType,
      config: layout.blob('{}', mediaTypes.empty),
      layers: [layout.blob('a disk', 'application/octet-stream')],
    }),
    mediaTypes.imageManifest,
  );
  layout.finish([
    named({ ...manifest, artifactType }, { 'org.opencontainers.image.ref.name': 'v1' }),
  ]);
  return { layout, root: { ...manifest, artifactType } };
}
