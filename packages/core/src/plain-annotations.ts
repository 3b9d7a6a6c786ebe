import type { Annotations } from '@oci-matrix/oci';
import { annotationsAt, parseAnnotationLines } from './annotations.ts';
import { MatrixError } from './error.ts';

/** Reads `key=value` lines for one place, which a line cannot name again: a level in front is `ANNOTATION_INVALID`. */
export function parsePlainAnnotations(lines: readonly string[]): Annotations {
  const annotations = parseAnnotationLines(lines);
  const levelled = annotations.find(({ level }) => level !== undefined);
  if (levelled === undefined) return annotationsAt(annotations, undefined);
  throw new MatrixError(
    'ANNOTATION_INVALID',
    `annotation ${levelled.key} is for the level ${levelled.level}, and stands where all are for one other place`,
    { hint: 'Write key=value alone; lines with a level belong in "annotations".' },
  );
}
