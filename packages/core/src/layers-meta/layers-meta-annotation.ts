import type { Annotations, Descriptor } from '@oci-matrix/oci';

/** How the manifest of an App says which of its layers is the metadata; devices read no other version. */
export const layersMetaAnnotation = { key: 'layers-meta', version: 'v1' } as const;

/** True of annotations that mark what they stand on as metadata of layers. */
export const marksLayersMeta = (annotations: Annotations | undefined): boolean =>
  annotations?.[layersMetaAnnotation.key] === layersMetaAnnotation.version;

/** True of a layer that is metadata of other layers. */
export const isLayersMeta = ({ annotations }: Pick<Descriptor, 'annotations'>): boolean =>
  marksLayersMeta(annotations);
