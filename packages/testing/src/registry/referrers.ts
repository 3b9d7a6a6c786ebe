import { type Descriptor, type Manifest, mediaTypes } from '@oci-matrix/oci';
import { parseDigestParameter } from './digest-parameter.ts';
import { type Answer, type Exchange, jsonAnswer } from './exchange.ts';
import { nextLink, pageOf } from './page.ts';
import type { StoredManifest } from './repository.ts';
import type { State } from './state.ts';

/** GET of the referrers of a digest, end-12. Nothing there is an empty index, not a 404. */
export function listReferrers(state: State, exchange: Exchange): Answer {
  const { path, query, reference, repository } = exchange;
  const subject = parseDigestParameter(reference, state.capabilities);
  const wanted = query.get('artifactType');
  const referrers = (state.storage.find(repository)?.manifests.values() ?? [])
    .filter(({ document }) => document && commonOf(document).subject?.digest === subject)
    .map(referrerOf)
    .filter(({ artifactType }) => wanted === null || artifactType === wanted)
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  const n = state.capabilities.pageSize;
  const last = query.get('last');
  const { items, next } = pageOf(referrers, ({ digest }) => digest, {
    n,
    isAfterLast: ({ digest }) => last === null || digest > last,
  });
  return jsonAnswer(
    200,
    { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: items },
    {
      'content-type': mediaTypes.imageIndex,
      ...(wanted === null ? {} : { 'oci-filters-applied': 'artifactType' }),
      ...nextLink(path, query, n, next),
    },
  );
}

const commonOf = (document: Manifest) =>
  document.kind === 'index' ? document.index : document.image;

function referrerOf({ mediaType, digest, bytes, document }: StoredManifest): Descriptor {
  const common = document && commonOf(document);
  const config = document?.kind === 'image' ? document.image.config.mediaType : undefined;
  const artifactType = common?.artifactType || config;
  return {
    mediaType,
    digest,
    size: bytes.byteLength,
    ...(artifactType ? { artifactType } : {}),
    ...(common?.annotations ? { annotations: common.annotations } : {}),
  };
}
