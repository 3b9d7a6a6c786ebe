export { canonicalBytes, canonicalText } from './canonical.ts';
export {
  type Annotations,
  type Descriptor,
  descriptorOf,
  parseAnnotations,
  parseDescriptor,
} from './descriptor.ts';
export {
  type Algorithm,
  algorithmOf,
  createDigester,
  type Digest,
  type Digester,
  digestOf,
  encodedOf,
  InvalidDigestError,
  isDigest,
  parseDigest,
} from './digest.ts';
export { emptyBytes, emptyDescriptor } from './empty.ts';
export { OciError, type OciErrorOptions } from './error.ts';
export { InvalidManifestError } from './invalid-manifest.ts';
export { elementSources, memberSources } from './json-source.ts';
export {
  type ImageIndex,
  type ImageManifest,
  type Manifest,
  maxManifestSize,
  parseManifest,
} from './manifest.ts';
export {
  isImageConfigType,
  isImageManifestType,
  isIndexType,
  isManifestType,
  isMediaType,
  isRuntimeLayerType,
  mediaTypes,
} from './media-types.ts';
export { normalisePlatform, type Platform } from './platform.ts';
export {
  type Choosable,
  type Engine,
  engines,
  resolveAs,
} from './platform-engines.ts';
export { platformMatches, samePlatform, selectByPlatform } from './platform-match.ts';
export {
  formatPlatform,
  InvalidPlatformError,
  parsePlatform,
  platformKey,
} from './platform-text.ts';
export {
  formatReference,
  InvalidReferenceError,
  isTag,
  parseReference,
  parseRepositoryName,
  parseTag,
  type Reference,
  type RepositoryName,
} from './reference.ts';
export { runnablePlatforms } from './runnable-platforms.ts';
export { shown } from './shown.ts';
