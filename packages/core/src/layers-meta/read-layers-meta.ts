import { readFile, stat } from 'node:fs/promises';
import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { type LayersMeta, maxLayersMetaLength, parseLayersMeta } from './layers-meta.ts';

/** Reads metadata that a descriptor points at; `name` is whose it is. Throws `LAYERS_META_INVALID`. */
export async function fetchLayersMeta(
  { blobs }: Repository,
  descriptor: Descriptor,
  name: string,
): Promise<LayersMeta> {
  const { size } = descriptor;
  if (size > maxLayersMetaLength) throw tooLarge(name, size);
  const bytes = await blobs.fetchBytes(descriptor, maxLayersMetaLength);
  return parseLayersMeta(new TextDecoder().decode(bytes), name);
}

/** Reads a file of metadata. Throws `FILE_NOT_FOUND` and `LAYERS_META_INVALID`. */
export async function readLayersMeta(path: string): Promise<LayersMeta> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) {
    throw new MatrixError('FILE_NOT_FOUND', `there is no file ${path} of layer metadata`);
  }
  if (found.size > maxLayersMetaLength) throw tooLarge(path, found.size);
  return parseLayersMeta(await readFile(path, 'utf8'), path);
}

const tooLarge = (name: string, size: number): MatrixError =>
  new MatrixError(
    'LAYERS_META_INVALID',
    `the layer metadata of ${name} has ${size} bytes, at most ${maxLayersMetaLength} go`,
  );
