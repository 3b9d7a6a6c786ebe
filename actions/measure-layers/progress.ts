import type { LayerProgress } from '@oci-matrix/core';
import { formatSize, type Log } from '@oci-matrix/github';

// Of a layer that takes minutes, a line now and then.
const step = 256 * 1024 ** 2;

/** A line for each layer when it is done with, and for a large one whenever so much of it came. */
export function progressLog(log: Pick<Log, 'info'>): (progress: LayerProgress) => void {
  const told = new Map<string, number>();
  return ({ digest, state, received, size }) => {
    if (state !== 'reading') {
      log.info(`${state} ${digest} (${formatSize(size)})`);
      return;
    }
    const steps = Math.floor(received / step);
    if (steps === (told.get(digest) ?? 0) || received >= size) return;
    told.set(digest, steps);
    log.info(`reading ${digest}: ${formatSize(received)} of ${formatSize(size)}`);
  };
}
