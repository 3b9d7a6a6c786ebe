import { seededRandom } from '../runner/random.ts';

/** How ids follow one another. GitHub's grow; nothing promises that they do. */
export type IdOrder = 'ascending' | 'descending' | 'random';

/** A source of ids that never repeat, in the order asked for. */
export function artifactIds(order: IdOrder, seed: number): () => number {
  const random = seededRandom(seed);
  const used = new Set<number>();
  let count = 0;
  return () => {
    count += 1;
    if (order !== 'random') {
      return order === 'ascending' ? 1_000 + count : 1_000_000 - count;
    }
    let id = 0;
    do {
      id = 1_000 + Math.floor(random() * 1_000_000);
    } while (used.has(id));
    used.add(id);
    return id;
  };
}
