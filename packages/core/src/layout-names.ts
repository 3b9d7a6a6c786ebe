import {
  type Descriptor,
  formatReference,
  mediaTypes,
  OciError,
  parseManifest,
  parseReference,
} from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { Layout } from './layout.ts';

// https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md#pre-defined-annotation-keys
const refName = 'org.opencontainers.image.ref.name';
// What containerd and BuildKit write beside it: the whole reference, of which the other is often the tag alone.
const imageName = 'io.containerd.image.name';

/** The names that an image has in a layout, the longest first. */
export const namesOf = ({ annotations }: Descriptor): string[] =>
  [annotations?.[imageName], annotations?.[refName]].filter((name) => name !== undefined);

/** The layout as if it had the images of one name alone; `app:1` and `docker.io/library/app:1` are the same name. */
export function withName(layout: Layout, source: string, name: string): Layout {
  return { ...layout, index: async () => onlyNamed(await layout.index(), source, name) };
}

function onlyNamed(bytes: Uint8Array, source: string, name: string): Uint8Array {
  const top = parseManifest(bytes, mediaTypes.imageIndex);
  const entries = top.kind === 'index' ? top.index.manifests : [];
  const manifests = entries.filter((entry) => namesOf(entry).some((own) => same(own, name)));
  if (manifests.length > 0) {
    return Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
  }
  const all = [...new Set(entries.flatMap((entry) => namesOf(entry).slice(0, 1)))];
  throw new MatrixError(
    'SOURCE_INVALID',
    `${source} has no image called ${JSON.stringify(name)}: it has ${all.join(', ') || 'none with a name'}`,
    {
      hint: 'Write one of the names that it has, or leave the name out where it has one image alone.',
    },
  );
}

const same = (a: string, b: string): boolean => a === b || wholeName(a) === wholeName(b);

function wholeName(name: string): string {
  try {
    const { tag, ...rest } = parseReference(name);
    return formatReference({ ...rest, tag: tag ?? 'latest' });
  } catch (error) {
    if (error instanceof OciError) return name;
    throw error;
  }
}
