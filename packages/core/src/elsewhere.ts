import type { Descriptor } from '@oci-matrix/oci';

/**
 * True of a layer that clients fetch from its `urls`, as base layers of Windows: no registry and no layout need have it.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#non-distributable-layers
 */
export const isElsewhere = ({ mediaType, urls }: Pick<Descriptor, 'mediaType' | 'urls'>): boolean =>
  (urls?.length ?? 0) > 0 && /nondistributable|\.foreign\./.test(mediaType);
