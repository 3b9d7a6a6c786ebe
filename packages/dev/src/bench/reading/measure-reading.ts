import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { runCommand } from '../command.ts';
import { type LayerShape, writeLayer } from './layer-file.ts';
import { type LayerReader, layerReaders } from './readers.ts';

/** What one reader took of one layer, by rounds. */
export interface Reading {
  readonly layer: string;
  readonly reader: string;
  /** In ms. */
  readonly walls: readonly number[];
  /** The most in any round, in bytes; of a pipe it is not known. */
  readonly memory: number | undefined;
}

const mebibyte = 1024 * 1024;

interface TitledShape extends LayerShape {
  readonly title: string;
}

const shapesOf = (isQuick: boolean): TitledShape[] => {
  const [small, large] = isQuick ? [32, 256] : [256, 2048];
  const layers = [
    { packing: 'gzip', size: small * mebibyte, noise: 3 },
    { packing: 'zstd', size: small * mebibyte, noise: 3 },
    { packing: 'gzip', size: large * mebibyte, noise: 16 },
  ] as const;
  return layers.map((shape) => ({
    ...shape,
    title: `${shape.size / mebibyte} MiB, one part in ${shape.noise} noise, ${shape.packing}`,
  }));
};

/** (g): how long it takes to measure a layer, and how much memory. The order of the readers changes from round to round. */
export async function measureReading(isQuick: boolean, rounds: number): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const shape of shapesOf(isQuick)) readings.push(...(await measureOne(shape, rounds)));
  return readings;
}

async function measureOne(shape: TitledShape, rounds: number): Promise<Reading[]> {
  await using folder = await temporaryDirectory('bench-reading');
  const layer = await writeLayer(join(folder.path, 'layer'), shape);
  const readers = layerReaders(shape.packing);
  const walls = new Map<LayerReader, number[]>(readers.map((reader) => [reader, []]));
  const memories: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const reader of round % 2 === 0 ? readers : readers.toReversed()) {
      const start = performance.now();
      const memory = await runCommand(reader.command(layer, folder.path), folder.path);
      walls.get(reader)?.push(performance.now() - start);
      if (reader.name === 'ours' && memory !== undefined) memories.push(memory);
    }
  }
  await rm(layer.path);
  return readers.map((reader) => ({
    layer: shape.title,
    reader: reader.name,
    walls: walls.get(reader) ?? [],
    memory: reader.name === 'ours' && memories.length > 0 ? Math.max(...memories) : undefined,
  }));
}
