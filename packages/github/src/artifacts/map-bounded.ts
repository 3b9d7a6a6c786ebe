/** Maps in order with so many at a time; after the first failure nothing new begins. */
export async function mapBounded<T, U>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<U>,
): Promise<U[]> {
  const results = new Map<number, U>();
  const queue = items.entries();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      results.set(index, await map(item));
    }
  };
  const guarded = (): Promise<void> =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    });
  const workers = await Promise.allSettled(Array.from({ length: limit }, guarded));
  const rejected = workers.find((worker) => worker.status === 'rejected');
  if (rejected !== undefined) throw rejected.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
