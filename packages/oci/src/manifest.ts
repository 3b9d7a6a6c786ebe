import {
  type Annotations,
  type Descriptor,
  parseAnnotations,
  parseDescriptor,
  parseObject,
  withoutAbsent,
} from './descriptor.ts';
import { InvalidManifestError } from './invalid-manifest.ts';
import { memberSources } from './json-source.ts';
import { isImageManifestType, isIndexType, mediaTypes } from './media-types.ts';

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md, or its Docker ancestor. */
export interface ImageManifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Annotations;
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md, or Docker's manifest list. */
export interface ImageIndex {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Annotations;
}

/** A document that was checked, with the media type that it goes by. */
export type Manifest =
  | { readonly kind: 'image'; readonly mediaType: string; readonly image: ImageManifest }
  | { readonly kind: 'index'; readonly mediaType: string; readonly index: ImageIndex };

/** What we read at most, in bytes. Registries take 4 MiB at least (distribution-spec v1.1.1, "Pushing Manifests"). */
export const maxManifestSize = 8 * 1024 * 1024;

/**
 * Reads an image manifest or an image index. `mediaType` is what the descriptor or the Content-Type says; the document
 * must agree (CVE-2021-41190). Throws `InvalidManifestError`.
 */
export function parseManifest(bytes: Uint8Array, mediaType?: string): Manifest {
  const object = withoutAbsent(parseDocument(bytes), ['subject', 'artifactType', 'annotations']);
  const type = agreedMediaType(object, mediaType);
  if (object.schemaVersion !== 2) {
    throw new InvalidManifestError('$.schemaVersion', object.schemaVersion, 'is not 2');
  }
  const isIndex = isIndexType(type);
  if (!isIndex && !isImageManifestType(type)) {
    throw new InvalidManifestError('$.mediaType', type, 'is no manifest media type we know');
  }
  refuseOther(object, isIndex ? ['config', 'layers'] : ['manifests'], type);
  const common = { ...object, ...parseCommon(object) };
  if (isIndex) {
    const manifests = parseEntries(object.manifests, '$.manifests');
    const index = { ...common, manifests } as unknown as ImageIndex;
    return { kind: 'index', mediaType: type, index };
  }
  const config = parseDescriptor(object.config, '$.config');
  const layers = parseDescriptors(object.layers, '$.layers');
  const image = { ...common, config, layers } as unknown as ImageManifest;
  return { kind: 'image', mediaType: type, image };
}

function parseDocument(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength > maxManifestSize) {
    throw new InvalidManifestError('$', bytes.byteLength, `has more than ${maxManifestSize} bytes`);
  }
  let text: string;
  let value: unknown;
  try {
    // A byte order mark stays, and is no JSON: Go's readers refuse it too.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    const start = new TextDecoder().decode(bytes.subarray(0, 60));
    throw new InvalidManifestError('$', start, 'is not JSON');
  }
  const object = parseObject(value, '$');
  for (const key of memberSources(text).keys()) refuseLookalike(key);
  return object;
}

const known = new Map(
  [
    'schemaVersion',
    'mediaType',
    'artifactType',
    'config',
    'layers',
    'manifests',
    'subject',
    'annotations',
  ].map((name) => [name.toLowerCase(), name]),
);

// Go's readers take "Layers" for "layers": one document would be two images (CVE-2021-41190). By way of upper case, since they
// fold the long s and the Kelvin sign as well.
function refuseLookalike(key: string): void {
  const name = known.get(key.toUpperCase().toLowerCase());
  if (name !== undefined && name !== key) {
    throw new InvalidManifestError('$', key, `has a property that some readers take for ${name}`);
  }
}

function agreedMediaType(object: Record<string, unknown>, given: string | undefined): string {
  const own = object.mediaType;
  if (own !== undefined && typeof own !== 'string') {
    throw new InvalidManifestError('$.mediaType', own, 'is not text');
  }
  const outer = given?.split(';', 1)[0]?.trim().toLowerCase();
  if (own && outer && own !== outer) {
    throw new InvalidManifestError(
      '$.mediaType',
      own,
      `is not the media type it came with, ${outer}`,
    );
  }
  const type = own || outer;
  if (!type)
    throw new InvalidManifestError('$.mediaType', own, 'is missing, and nothing else says it');
  return type;
}

function refuseOther(object: Record<string, unknown>, keys: string[], type: string): void {
  const found = keys.find((key) => object[key] !== undefined);
  if (found !== undefined) {
    throw new InvalidManifestError(`$.${found}`, object[found], `has no place in ${type}`);
  }
}

function parseCommon(object: Record<string, unknown>): { subject?: Descriptor } {
  if (object.annotations !== undefined) parseAnnotations(object.annotations, '$.annotations');
  const type = object.artifactType;
  if (type !== undefined && typeof type !== 'string') {
    throw new InvalidManifestError('$.artifactType', type, 'is not text');
  }
  if (object.subject === undefined) return {};
  return { subject: parseDescriptor(object.subject, '$.subject') };
}

// podman once wrote entries without a media type; they were image manifests, and indexes that hold them are still in use.
function parseEntries(value: unknown, path: string): Descriptor[] {
  const bare = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && !('mediaType' in item);
  const complete = Array.isArray(value)
    ? value.map((item) => (bare(item) ? { mediaType: mediaTypes.imageManifest, ...item } : item))
    : value;
  return parseDescriptors(complete, path);
}

function parseDescriptors(value: unknown, path: string): Descriptor[] {
  if (!Array.isArray(value)) throw new InvalidManifestError(path, value, 'is not a list');
  return value.map((item, index) => parseDescriptor(item, `${path}[${index}]`));
}
