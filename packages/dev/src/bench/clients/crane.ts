import { childEnvironment } from '../command.ts';
import { findProgram } from '../programs.ts';
import { type Client, nameOf } from './client.ts';

/** https://github.com/google/go-containerregistry/tree/v0.21.9/cmd/crane */
export function findCrane(home: string): Client | undefined {
  const program = findProgram('crane', ['version']);
  if (program === undefined) return undefined;
  const { path, version } = program;
  return {
    name: 'crane',
    version,
    pushImage: async ({ folder, tag }, to) => ({
      program: path,
      words: ['push', folder, `${nameOf(to)}:${tag}`],
      directory: folder,
      environment: childEnvironment(home),
    }),
  };
}
