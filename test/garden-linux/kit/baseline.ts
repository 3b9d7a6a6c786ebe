import {
  type Descriptor,
  descriptorOf,
  digestOf,
  type ImageManifest,
  mediaTypes,
} from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';
import { typeOf } from '../../examples/garden-linux.ts';
import type { Target } from './target.ts';

/** What gl-oci 0.10.21 publishes of a target. */
export interface Baseline {
  readonly manifest: ImageManifest;
  /** The manifest as it is pushed. */
  readonly text: string;
  readonly tag: string;
  readonly entry: Descriptor;
  /** The name of the file that the index is made of, and its content. */
  readonly file: readonly [string, string];
}

/** The empty JSON object, which is the config of every target. */
const config = descriptorOf(Buffer.from('{}'), 'application/vnd.unknown.config.v1+json');

export function baselineOf(target: Target): Baseline {
  const { cname, architecture, version, features: feature_set } = target;
  const manifest: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: { annotations: { cname, architecture }, ...config },
    layers: layersOf(target),
    annotations: {
      ...{ version, cname, architecture, feature_set, commit: target.commit },
      'org.opencontainers.image.description': descriptionOf(target),
    },
  };
  const text = python(manifest);
  const entry = {
    ...descriptorOf(Buffer.from(text), mediaTypes.imageManifest),
    annotations: { cname, architecture, feature_set },
    platform: { architecture, os: 'gardenlinux', 'os.version': version },
  };
  const tag = `${version}-${cname}-${architecture}`;
  return { manifest, text, tag, entry, file: [`oci_manifest_entry_${cname}.json`, python(entry)] };
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content;

// In whatever order the folder lists them; here backwards.
const layersOf = ({ files, architecture }: Target): Descriptor[] =>
  Object.entries(files)
    .toReversed()
    .map(([title, content]) =>
      descriptorOf(bytesOf(content), typeOf(title) ?? '', {
        annotations: {
          'org.opencontainers.image.title': title,
          'io.gardenlinux.image.layer.architecture': architecture,
        },
      }),
    );

// With a blank at the end.
const descriptionOf = ({ cname, flavor, architecture, features, commit }: Target): string =>
  `Image: ${cname} Flavor: ${flavor} Architecture: ${architecture} Features: ${features} Commit: ${commit} `;

/** JSON text as Python's `json.dumps` writes it. */
export function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${python(item)}`,
  );
  return `{${members.join(', ')}}`;
}

/** Pushes a target as gl-oci does, and gives what it is. */
export function pushBaseline(registry: Registry, repository: string, target: Target): Baseline {
  const baseline = baselineOf(target);
  for (const content of ['{}', ...Object.values(target.files)]) {
    registry.seedBlob(repository, content);
  }
  const mediaType = mediaTypes.imageManifest;
  registry.seedManifest(repository, baseline.text, { tag: baseline.tag, mediaType });
  return baseline;
}

/** The files of the legs, under the folder that the index is made of. */
export const entryFiles = (baselines: readonly Baseline[]): Record<string, string> =>
  Object.fromEntries(baselines.map(({ file: [name, text] }) => [`manifests/${name}`, text]));

/** An index as gl-oci writes it. */
export function seedIndex(
  registry: Registry,
  repository: string,
  tag: string,
  entries: readonly unknown[],
): void {
  const mediaType = mediaTypes.imageIndex;
  const text = python({ schemaVersion: 2, mediaType, manifests: entries });
  registry.seedManifest(repository, text, { tag, mediaType });
}

/** What is compared of a manifest: its layers in one order, and no blank at the end of its description, which no line has. */
export function comparable(manifest: ImageManifest): ImageManifest {
  const key = 'org.opencontainers.image.description';
  const titleOf = ({ annotations }: Descriptor): string =>
    annotations?.['org.opencontainers.image.title'] ?? '';
  return {
    ...manifest,
    layers: [...manifest.layers].sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1)),
    annotations: { ...manifest.annotations, [key]: manifest.annotations?.[key]?.trim() ?? '' },
  };
}

/** The blob that all empty logs are. */
export const emptyBlob = digestOf('');
