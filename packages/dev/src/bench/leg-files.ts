import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf } from './content.ts';

/** What one leg of a release pushes: files in a folder of their own. */
export interface LegFiles {
  readonly name: string;
  /** From 0. */
  readonly position: number;
  /** How many legs there are. */
  readonly total: number;
  readonly folder: string;
  readonly files: readonly string[];
}

export const artifactType = 'application/vnd.example.disk';
export const fileType = 'application/vnd.example.part';

const filesOfLeg = 15;
// As most logs of a build are.
const emptyFiles = 3;
const largest = 60_000;

/** Writes the files of some legs: empty ones, and fresh ones of up to 60 kB. */
export async function writeLegs(folder: string, seed: string, total: number): Promise<LegFiles[]> {
  const legs = Array.from({ length: total }, (_, position) => legOf(folder, position, total));
  for (const leg of legs) {
    await mkdir(leg.folder, { recursive: true });
    for (const [at, file] of leg.files.entries()) {
      const place = Math.max(0, at - emptyFiles + 1);
      const size = Math.round((place * largest) / (filesOfLeg - emptyFiles));
      await writeFile(join(leg.folder, file), contentOf(`${seed} ${leg.name} ${at}`, size));
    }
  }
  return legs;
}

function legOf(folder: string, position: number, total: number): LegFiles {
  const name = `leg-${String(position).padStart(2, '0')}`;
  const files = Array.from({ length: filesOfLeg }, (_, at) => `part-${at}.bin`);
  return { name, position, total, folder: join(folder, name), files };
}
