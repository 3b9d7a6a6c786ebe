import { type Digest, digestOf, isDigest } from './digest.ts';
import { InvalidManifestError } from './invalid-manifest.ts';
import type { Platform } from './platform.ts';

/** Points at content, with all that is needed to verify it: https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number;
  readonly artifactType?: string;
  readonly platform?: Platform;
  readonly urls?: readonly string[];
  /** Base64 of the content itself. */
  readonly data?: string;
  readonly annotations?: Annotations;
}

export type Annotations = Readonly<Record<string, string>>;

/** The descriptor of bytes at hand. */
export const descriptorOf = (
  bytes: Uint8Array,
  mediaType: string,
  more: Partial<Descriptor> = {},
): Descriptor => ({ ...more, mediaType, digest: digestOf(bytes), size: bytes.byteLength });

const optional = ['artifactType', 'platform', 'urls', 'data', 'annotations'];

/**
 * Checks a descriptor from outside, and returns that very value: fields we do not know stay. Where an optional
 * property is null or empty, a copy without it. Throws `InvalidManifestError` with the path of the offence.
 */
export function parseDescriptor(value: unknown, path = '$'): Descriptor {
  const object = withoutAbsent(parseObject(value, path), optional);
  parseText(object.mediaType, `${path}.mediaType`);
  if (!isDigest(object.digest)) {
    throw new InvalidManifestError(`${path}.digest`, object.digest, 'is not a digest');
  }
  const size = object.size;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new InvalidManifestError(`${path}.size`, size, 'is not a number of bytes');
  }
  parseOptional(object.artifactType, `${path}.artifactType`, parseText);
  parseOptional(object.annotations, `${path}.annotations`, parseAnnotations);
  parseOptional(object.platform, `${path}.platform`, parsePlatformObject);
  parseOptional(object.urls, `${path}.urls`, parseTextList);
  parseOptional(object.data, `${path}.data`, parseText);
  return object as unknown as Descriptor;
}

/** Checks a map of text to text. */
export function parseAnnotations(value: unknown, path = '$'): Annotations {
  for (const [key, text] of Object.entries(parseObject(value, path))) {
    if (typeof text !== 'string') {
      throw new InvalidManifestError(`${path}[${JSON.stringify(key)}]`, text, 'is not text');
    }
  }
  return value as Annotations;
}

function parsePlatformObject(value: unknown, path: string): void {
  const object = parseObject(value, path);
  for (const key of ['architecture', 'os']) {
    if (typeof object[key] !== 'string') {
      throw new InvalidManifestError(`${path}.${key}`, object[key], 'is not text');
    }
  }
  for (const key of ['variant', 'os.version']) {
    if (object[key] !== undefined && typeof object[key] !== 'string') {
      throw new InvalidManifestError(`${path}.${key}`, object[key], 'is not text');
    }
  }
  parseOptional(object['os.features'], `${path}["os.features"]`, parseTextList);
}

function parseTextList(value: unknown, path: string): void {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new InvalidManifestError(path, value, 'is not a list of text');
  }
}

function parseText(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidManifestError(path, value, 'is not text');
  }
}

export function parseObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidManifestError(path, value, 'is not an object');
  }
  return value as Record<string, unknown>;
}

// Go writes an absent map, struct or text as null or "" in places; readers everywhere take it for absent.
export function withoutAbsent(
  object: Record<string, unknown>,
  keys: readonly string[],
): Record<string, unknown> {
  const absent = keys.filter((key) => object[key] === null || object[key] === '');
  if (absent.length === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !absent.includes(key)));
}

function parseOptional(
  value: unknown,
  path: string,
  parse: (value: unknown, path: string) => void,
): void {
  if (value !== undefined) parse(value, path);
}
