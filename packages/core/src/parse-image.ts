import {
  formatReference,
  parseReference,
  parseRepositoryName,
  type RepositoryName,
} from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Reads `image`: a registry and a repository. Upper case letters, as `github.repository` may have them, become lower case. */
export const parseImage = (text: string): RepositoryName => parseRepositoryName(text.toLowerCase());

/** One more image that gets the index. */
export interface NamedImage {
  readonly image: RepositoryName;
  /** True if the release goes on without it when it fails. */
  readonly optional: boolean;
}

/** Reads the lines of `images`: an image, behind it `optional` where it may fail. */
export function parseImages(lines: readonly string[]): NamedImage[] {
  const images = lines.map((line) => {
    const [text = '', mark, ...more] = line.split(/\s+/);
    if ((mark === undefined || mark === 'optional') && more.length === 0 && text.includes('/')) {
      return { image: parseImage(text), optional: mark !== undefined };
    }
    throw new MatrixError('INPUT_INVALID', `${JSON.stringify(line)} in images is not an image`, {
      hint: 'Write registry/repository, e.g. quay.io/acme/app, and "optional" behind it where it may fail.',
    });
  });
  const [again] = images.filter(
    ({ image }, at) => images.findIndex((other) => isSame(other.image, image)) !== at,
  );
  if (again === undefined) return images;
  throw new MatrixError(
    'INPUT_INVALID',
    `${formatReference(again.image)} is in images more than once`,
    {
      hint: 'Name each image once.',
    },
  );
}

/** The images that get the index beside the one where it is made; that one may be among the lines. */
export function otherImages(images: readonly NamedImage[], image: RepositoryName): NamedImage[] {
  const own = images.find((other) => isSame(other.image, image));
  if (own?.optional !== true) return images.filter((other) => other !== own);
  throw new MatrixError(
    'INPUT_INVALID',
    `${formatReference(image)} is "image" and cannot be optional: the index is made there`,
    { hint: 'Leave out "optional", or give another image as "image".' },
  );
}

const isSame = (a: RepositoryName, b: RepositoryName): boolean =>
  a.registry === b.registry && a.repository === b.repository;

/**
 * Reads the lines of `tags`: a tag alone, or the whole reference as docker/metadata-action prints it, which is a tag of that
 * image alone. One that names none of the images is an error, and so is an image without a tag.
 */
export function parseTags(
  lines: readonly string[],
  image: RepositoryName,
  others: readonly RepositoryName[] = [],
): string[] {
  const tags = [...new Set(lines.flatMap((line) => tagOf(line, image, others)))];
  if (tags.length > 0 || lines.length === 0) return tags;
  throw new MatrixError(
    'INPUT_INVALID',
    `no line of tags is for the image ${formatReference(image)}`,
    {
      hint: `Add ${formatReference(image)}:… to tags, or give the tags alone: then all images get them.`,
    },
  );
}

function tagOf(
  line: string,
  image: RepositoryName,
  others: readonly RepositoryName[],
): readonly string[] {
  const whole = formatReference(image);
  const reference = parseReference(/[:/]/.test(line) ? line : `${whole}:${line}`);
  const { tag, digest } = reference;
  if (tag === undefined || digest !== undefined) {
    throw new MatrixError('INPUT_INVALID', `${JSON.stringify(line)} in tags names no tag`, {
      hint: `Write a tag alone, e.g. 1.0, or with its image, e.g. ${whole}:1.0.`,
    });
  }
  if (isSame(reference, image)) return [tag];
  if (others.some((other) => isSame(other, reference))) return [];
  throw new MatrixError('INPUT_INVALID', `${line} in tags is not of the image ${whole}`, {
    hint: 'Name the same image in image and tags, or give the tags alone.',
  });
}
