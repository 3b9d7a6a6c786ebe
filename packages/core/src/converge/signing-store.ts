import { type Digest, digestOf } from '@oci-matrix/oci';
import type { UpdateIndexOptions } from '../update-index.ts';
import { parseIntentTag } from './intent-tag.ts';
import type { TagStore } from './tag-store.ts';

export interface SigningStore {
  readonly store: TagStore;
  /** Signs the index that the tags name in the end, where somebody else wrote that. */
  readonly finish: (digest: Digest) => Promise<void>;
}

/** A store in which no tag moves to an index before that is signed, if indexes are to be signed. */
export function signingStore(
  store: TagStore,
  { repository, signIndex }: Pick<UpdateIndexOptions, 'repository' | 'signIndex'>,
): SigningStore {
  if (signIndex === undefined) return { store, finish: async () => {} };
  const signed = new Set<Digest>();
  const sign = async (digest: Digest): Promise<void> => {
    if (signed.has(digest)) return;
    await signIndex(repository, digest);
    signed.add(digest);
  };
  return {
    store: {
      ...store,
      async move(index, moving) {
        // What others go by is no release.
        if (moving.every(({ tag }) => parseIntentTag(tag) !== undefined)) {
          return store.move(index, moving);
        }
        await repository.manifests.push(index.bytes, index.mediaType);
        await sign(digestOf(index.bytes));
        await store.move(index, moving);
      },
    },
    finish: sign,
  };
}
