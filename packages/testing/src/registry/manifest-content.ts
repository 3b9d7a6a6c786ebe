import {
  canonicalBytes,
  type Descriptor,
  isIndexType,
  isManifestType,
  type Manifest,
  OciError,
  parseManifest,
} from '@oci-matrix/oci';
import { blobSize } from './blobs.ts';
import { Refusal, refusal } from './refusal.ts';
import type { State } from './state.ts';

/** Reads the body of a manifest PUT; refuses what is no manifest of its `Content-Type`. */
export function parseContent(
  { capabilities }: State,
  bytes: Uint8Array,
  contentType: string | undefined,
): Manifest {
  try {
    const document = capabilities.confusedManifests ? onlyOne(bytes, contentType) : bytes;
    return parseManifest(document, contentType);
  } catch (error) {
    if (!(error instanceof OciError) && !(error instanceof SyntaxError)) throw error;
    throw refusal(400, 'MANIFEST_INVALID', error.message);
  }
}

// Reads past what belongs to the other kind of document, as Go does with members that a type does not have.
function onlyOne(bytes: Uint8Array, contentType: string | undefined): Uint8Array {
  const document: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
  const { config, layers, subject, manifests, ...common } = document;
  return canonicalBytes(
    isIndexType(contentType ?? '') ? { manifests: [], ...common } : { config, layers, ...common },
  );
}

/** Refuses a manifest whose config or layers are of a type that the registry does not take. */
export function checkTypes({ capabilities: { contentTypes } }: State, document: Manifest): void {
  if (contentTypes.length === 0 || document.kind === 'index') return;
  const { config, layers } = document.image;
  const odd = [config, ...layers].find(({ mediaType }) => !contentTypes.includes(mediaType));
  if (odd === undefined) return;
  throw refusal(400, 'MANIFEST_INVALID', `media type ${odd.mediaType} is not allowed here`);
}

/** Refuses a manifest that names what the repository does not have, with one error for each digest. */
export function checkContent(state: State, repository: string, document: Manifest): void {
  const { checkManifestContent, requireSubject } = state.capabilities;
  const { subject } = document.kind === 'index' ? document.index : document.image;
  const needed = [
    ...(checkManifestContent ? contentOf(document) : []),
    ...(requireSubject && subject ? [subject] : []),
  ];
  const missing = needed.filter((descriptor) => !isStored(state, repository, descriptor));
  if (missing.length === 0) return;
  const digests = [...new Set(missing.map(({ digest }) => digest))];
  throw new Refusal(
    400,
    digests.map((digest) => ({
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: `${digest} is not known to ${repository}`,
      detail: { digest },
    })),
  );
}

const contentOf = (document: Manifest): readonly Descriptor[] =>
  document.kind === 'index'
    ? document.index.manifests
    : [document.image.config, ...document.image.layers.filter(isDistributable)];

// Registries must take manifests that refer to such layers without having them (image-spec v1.1.1, layer.md).
const isDistributable = ({ mediaType }: Descriptor): boolean =>
  !mediaType.includes('.nondistributable.') && !mediaType.includes('.foreign.');

function isStored(state: State, repository: string, { digest, mediaType }: Descriptor): boolean {
  if (isManifestType(mediaType)) {
    return state.storage.find(repository)?.manifests.has(digest) ?? false;
  }
  return blobSize(state, repository, digest) !== undefined;
}
