import { OciError } from '@oci-matrix/oci';
import { type DownloadedRecord, downloadRecords } from './artifacts/download-records.ts';
import type { RunContext } from './run-context.ts';

/** All records among the artifacts of this run. Where other records are at hand, a server without the artifact service is no error. */
export async function collectRecords(
  { group, hasOthers }: { readonly group: string | undefined; readonly hasOthers: boolean },
  { log, signal }: Pick<RunContext, 'log' | 'signal'>,
): Promise<readonly DownloadedRecord[]> {
  try {
    return await downloadRecords({ group, signal });
  } catch (error) {
    if (!hasOthers || !(error instanceof OciError) || error.code !== 'ARTIFACT_SERVICE')
      throw error;
    log.warning(`only the records in "needs" are read: ${error.message}`);
    return [];
  }
}
