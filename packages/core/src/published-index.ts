import {
  type Descriptor,
  type Digest,
  formatReference,
  type RepositoryName,
} from '@oci-matrix/oci';
import type { Identity } from './identity.ts';
import type { EntryChange } from './merge-index.ts';
import type { MovedTag } from './move-tags.ts';
import { type Published, publishedSchemaName } from './published.ts';
import { publishedEntries } from './published-entries.ts';
import type { Records } from './records.ts';

/** What became of the index in one repository. */
export interface PublishedImage {
  readonly image: RepositoryName;
  readonly tags: readonly MovedTag[];
  /** What kept an optional registry from having all of it. */
  readonly failure?: string;
}

export interface PublishedIndexOptions {
  readonly updated: {
    readonly descriptor: Descriptor;
    readonly entries: readonly Descriptor[];
    readonly changes: readonly EntryChange[];
    readonly changed: boolean;
    /** What concurrent writers go by, until it is cleaned away on purpose. */
    readonly intents?: readonly Digest[];
  };
  readonly images: readonly PublishedImage[];
  /** The manifests that hold its signatures. */
  readonly signatures?: readonly Digest[];
  readonly identity: Identity;
  readonly records?: Records | undefined;
  readonly dryRun: boolean;
}

/** Tells of an index for people and machines: the document of `schemas/published-v1.json`. */
export function publishedIndex(options: PublishedIndexOptions): Published {
  const { updated, images, signatures = [], identity, records, dryRun } = options;
  const { digest, mediaType, size } = updated.descriptor;
  const entries = updated.entries.map((entry) => entry.digest);
  return {
    schema: publishedSchemaName,
    ...{ digest, mediaType, size, changed: updated.changed, dryRun },
    images: images.map(({ image, tags, failure }) => ({
      image: formatReference(image),
      tags: [...tags],
      ...(failure === undefined ? {} : { failure }),
    })),
    ...publishedEntries(updated.changes, records?.records ?? [], identity),
    protected: [...new Set([digest, ...entries, ...signatures, ...(updated.intents ?? [])])],
  };
}
