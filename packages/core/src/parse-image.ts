import { parseReference, parseRepositoryName, type RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Reads `image`: a registry and a repository. Upper case letters, as `github.repository` may have them, become lower case. */
export const parseImage = (text: string): RepositoryName => parseRepositoryName(text.toLowerCase());

/**
 * Reads the lines of `tags`: a tag alone, or the whole reference as docker/metadata-action prints it. One that names
 * another image is an error.
 */
export function parseTags(lines: readonly string[], image: RepositoryName): string[] {
  return [...new Set(lines.map((line) => tagOf(line, image)))];
}

function tagOf(line: string, image: RepositoryName): string {
  const whole = `${image.registry}/${image.repository}`;
  const { registry, repository, tag, digest } = parseReference(
    /[:/]/.test(line) ? line : `${whole}:${line}`,
  );
  if (tag === undefined || digest !== undefined) {
    throw new MatrixError('INPUT_INVALID', `${JSON.stringify(line)} in tags names no tag`, {
      hint: `Write a tag alone, e.g. 1.0, or with its image, e.g. ${whole}:1.0.`,
    });
  }
  if (registry === image.registry && repository === image.repository) return tag;
  throw new MatrixError('INPUT_INVALID', `${line} in tags is not of the image ${whole}`, {
    hint: 'Name the same image in image and tags, or give the tags alone.',
  });
}
