import { join } from 'node:path';
import { type Command, childEnvironment } from '../command.ts';
import { findProgram } from '../programs.ts';
import type { LayerFile, Packing } from './layer-file.ts';

/** What reads a whole layer. */
export interface LayerReader {
  readonly name: string;
  command(layer: LayerFile, home: string): Command;
}

const ours: LayerReader = {
  name: 'ours',
  command: ({ path, digest, size }, home) => ({
    program: process.execPath,
    words: [join(import.meta.dirname, 'read-layer.ts'), path, digest, String(size)],
    directory: home,
    environment: childEnvironment(home),
  }),
};

/** Ours, and the programs that unpack and digest and do no more; those that are not installed are left out. */
export function layerReaders(packing: Packing): LayerReader[] {
  const found = [packing, 'sha256sum'].map((name) => findProgram(name, ['--version']));
  const [unpacker, digester] = found;
  if (unpacker === undefined || digester === undefined) return [ours];
  const name = `${packing} -dc, sha256sum`;
  const command: LayerReader['command'] = ({ path }, home) => ({
    program: 'sh',
    words: ['-c', '"$0" -dc "$1" | "$2"', unpacker.path, path, digester.path],
    directory: home,
    environment: childEnvironment(home),
  });
  return [ours, { name, command }];
}
