import type { Repository } from '@oci-matrix/distribution';
import { type Digest, isImageConfigType, type Manifest } from '@oci-matrix/oci';
import { unlessUnlisted } from './denied.ts';
import { MatrixError } from './error.ts';
import { emptyIndex, entryOf, type IndexDocument, readIndex } from './index-document.ts';
import { pushedEntry } from './pushed-entry.ts';

/** What a tag names now. */
export interface CurrentIndex {
  readonly document: IndexDocument;
  /** Absent where the tag does not exist. */
  readonly digest?: Digest;
  /** What the tag names, as it is. */
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
}

/**
 * Reads the index at a tag. A container image there is adopted as its one entry, Docker's manifest list is read as an
 * index; an artifact, which is no index and no image, is an error. Only a 404 means that there is none.
 */
export async function readCurrent(repository: Repository, tag: string): Promise<CurrentIndex> {
  const found = await unlessUnlisted(repository, tag, repository.manifests.fetch(tag));
  if (found === undefined) return { document: emptyIndex };
  const { descriptor, bytes, manifest } = found;
  const { digest } = descriptor;
  const { mediaType } = manifest;
  if (manifest.kind === 'index') {
    return { document: readIndex(bytes, manifest.index), digest, bytes, mediaType };
  }
  if (!isImageConfigType(manifest.image.config.mediaType))
    throw notAnIndex(repository, tag, manifest);
  const entry = await pushedEntry(repository, { image: manifest.image, descriptor });
  return { document: { entries: [entryOf(entry)], members: new Map() }, digest, bytes, mediaType };
}

const notAnIndex = ({ name }: Repository, tag: string, manifest: Manifest): MatrixError =>
  new MatrixError(
    'NOT_AN_INDEX',
    `${name.registry}/${name.repository}:${tag} is neither an index nor a container image, but a ${manifest.kind === 'image' ? manifest.image.config.mediaType : manifest.mediaType}`,
    { hint: 'Choose another tag, or delete this one if nobody needs what it names.' },
  );
