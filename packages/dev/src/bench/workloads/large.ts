import { join } from 'node:path';
import { writeImageOf } from '../layout.ts';
import { destinationIn, measure } from '../place.ts';
import { type LargeFile, writeLargeFile } from './large-file.ts';
import type { Turn, Workload, WorkName } from './workload.ts';

const mebibyte = 1024 * 1024;

/** A file that is pushed as a blob, and nothing else. */
const pushFile =
  (name: WorkName, file: LargeFile): Turn =>
  async (client, place) => {
    const blob = { path: file.path, digest: file.descriptor.digest };
    const command = await client.pushBlob?.(blob, destinationIn(place, client, 'file'));
    return command === undefined ? {} : { [name]: await measure(place, [command]) };
  };

/** An image with the file as its one layer; the plain upload sends that layer alone. */
const pushLayer =
  (file: LargeFile): Turn =>
  async (client, place) => {
    const to = destinationIn(place, client, 'layer');
    const image = await writeImageOf(join(place.folder, 'image'), file);
    const blob = { path: file.path, digest: file.descriptor.digest };
    const command = await (client.pushImage?.(image, to) ?? client.pushBlob?.(blob, to));
    return command === undefined ? {} : { 'e-layer': await measure(place, [command]) };
  };

/** (e) and (f). Quick ones say in the report what they are. */
export const largeWorkloads = (isQuick: boolean): Workload[] => {
  const dense = (folder: string): Promise<LargeFile> =>
    writeLargeFile(join(folder, 'large'), (isQuick ? 64 : 1024) * mebibyte, false);
  const sparse = (folder: string): Promise<LargeFile> =>
    writeLargeFile(join(folder, 'large'), (isQuick ? 256 : 4096) * mebibyte, true);
  const large = { isLarge: true };
  return [
    { ...large, case: 'e', open: async (folder) => pushFile('e-file', await dense(folder)) },
    { ...large, case: 'e', open: async (folder) => pushLayer(await dense(folder)) },
    { ...large, case: 'f', open: async (folder) => pushFile('f', await sparse(folder)) },
  ];
};
