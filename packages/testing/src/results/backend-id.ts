import { createHash } from 'node:crypto';

/** The id under which the service keeps what a run stores: the same for the same run of the same repository. */
export function backendIdOf(repository: string, runId: number | string): string {
  const hex = createHash('sha256').update(`${repository} ${runId}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
