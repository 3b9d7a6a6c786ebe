import { formatReference, parseRepositoryName, type RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Reads `mount-from`: repositories of the image's registry, with or without its name in front. */
export const parseMountFrom = (lines: readonly string[], image: RepositoryName): string[] => [
  ...new Set(lines.map((line) => repositoryOf(line, image))),
];

function repositoryOf(line: string, { registry }: RepositoryName): string {
  const [first = '', ...rest] = line.split('/');
  const isHost = /[.:]/.test(first) || first === 'localhost';
  if (!isHost) return parseRepositoryName(`${registry}/${line}`).repository;
  const named = parseRepositoryName(line);
  if (named.registry === registry && rest.length > 0) return named.repository;
  throw new MatrixError(
    'INPUT_INVALID',
    `${formatReference(named)} in mount-from is not in the registry ${registry}`,
    { hint: 'Name repositories of the same registry: a blob cannot be mounted from another one.' },
  );
}
