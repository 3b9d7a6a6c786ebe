import { parseReference, type Reference } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Where `source` says that an image is: in another repository, or on this machine. */
export type ImageSource =
  | { readonly kind: 'repository'; readonly reference: Reference }
  | {
      readonly kind: 'oci' | 'oci-archive' | 'docker-archive';
      /** The path, with `:NAME` behind it where one image of several is meant. */
      readonly path: string;
    };

const transports = ['oci', 'oci-archive', 'docker-archive'] as const;

/** Reads `source`, in the words of skopeo: `oci:DIRECTORY`, `oci-archive:FILE`, `docker-archive:FILE`, `docker://REFERENCE`. */
export function parseSource(source: string): ImageSource {
  const [, transport, path = ''] = /^(?<transport>[a-z-]+):(?<path>.+)$/.exec(source) ?? [];
  if (transport === 'docker' && path.startsWith('//')) {
    return { kind: 'repository', reference: parseRemote(path.slice(2)) };
  }
  const kind = transports.find((known) => known === transport);
  if (kind !== undefined) return { kind, path };
  throw new MatrixError('INPUT_INVALID', `source ${JSON.stringify(source)} is of no kind we know`, {
    hint: 'Write oci:DIRECTORY for an image layout, oci-archive:FILE or docker-archive:FILE for a tar archive, or docker://REFERENCE for an image elsewhere.',
  });
}

function parseRemote(text: string): Reference {
  const reference = parseReference(text);
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  throw new MatrixError('INPUT_INVALID', `docker://${text} in source names no image`, {
    hint: 'Write the tag or the digest of the image behind it, e.g. docker://docker.io/library/alpine:3.22.',
  });
}
