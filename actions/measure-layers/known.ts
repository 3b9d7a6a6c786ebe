import {
  isPlatformLayersMeta,
  type LayersMeta,
  MatrixError,
  type PlatformLayersMeta,
  readLayersMeta,
} from '@oci-matrix/core';
import type { Log } from '@oci-matrix/github';

/** What files of earlier runs say. One that is not there is passed over: before the first run there is none. */
export async function readKnown(files: readonly string[], log: Log): Promise<PlatformLayersMeta[]> {
  const read = await Promise.all(files.map((file) => readFileIfThere(file, log)));
  return read.flat();
}

async function readFileIfThere(file: string, log: Log): Promise<readonly PlatformLayersMeta[]> {
  try {
    return documentsOf(await readLayersMeta(file));
  } catch (error) {
    if (!(error instanceof MatrixError) || error.code !== 'FILE_NOT_FOUND') throw error;
    log.info(`${error.message}: nothing is known from it`);
    return [];
  }
}

/** A document of one platform is all that it has. */
export const documentsOf = (document: LayersMeta): readonly PlatformLayersMeta[] =>
  isPlatformLayersMeta(document) ? [document] : Object.values(document);
