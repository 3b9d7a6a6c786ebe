import type { Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  formatReference,
  mediaTypes,
  parseManifest,
  type Reference,
} from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { ImageReader } from '../image-reader.ts';
import type { Layout } from '../layout.ts';
import { layoutReader } from '../layout-reader.ts';
import { repositoryReader, unknownManifest } from '../repository-reader.ts';

/** Where an image is: in a layout, as `openLayout` gives it, or in a repository. */
export type ImageToMeasure =
  | { readonly layout: Layout }
  | {
      readonly repository: Repository;
      readonly reference: Pick<Reference, 'tag' | 'digest'>;
    };

/** An image that is open, with the manifests and indexes that it begins with. */
export interface OpenImage {
  readonly reader: ImageReader;
  readonly roots: readonly Descriptor[];
}

export function openImage(source: ImageToMeasure): Promise<OpenImage> {
  return 'layout' in source ? openInLayout(source) : openInRepository(source);
}

async function openInLayout({ layout }: { readonly layout: Layout }): Promise<OpenImage> {
  const reader = layoutReader(layout);
  const top = parseManifest(await layout.index(), mediaTypes.imageIndex);
  if (top.kind === 'index') return { reader, roots: top.index.manifests };
  throw unmeasurable(reader.name, 'its index.json is no image index');
}

async function openInRepository({
  repository,
  reference,
}: Exclude<ImageToMeasure, { layout: Layout }>): Promise<OpenImage> {
  const named = reference.digest ?? reference.tag ?? 'latest';
  const found = await repository.manifests.resolve(named);
  if (found === undefined) throw unknownManifest(formatReference(repository.name), named);
  return { reader: repositoryReader(repository), roots: [found] };
}

/** An image that cannot be measured, and why. */
export const unmeasurable = (name: string, reason: string, hint?: string): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `${name} cannot be measured: ${reason}`,
    hint === undefined ? {} : { hint },
  );
