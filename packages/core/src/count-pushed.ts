import type { PushedBlob } from './push-blobs.ts';

export interface PushedCount {
  readonly uploaded: number;
  /** There already, or mounted from another repository of the registry. */
  readonly present: number;
  readonly bytesUploaded: number;
}

/** How much had to travel. */
export function countPushed(pushed: readonly PushedBlob[]): PushedCount {
  const uploaded = pushed.filter(({ outcome }) => outcome === 'uploaded');
  return {
    uploaded: uploaded.length,
    present: pushed.length - uploaded.length,
    bytesUploaded: uploaded.reduce((sum, { descriptor }) => sum + descriptor.size, 0),
  };
}
