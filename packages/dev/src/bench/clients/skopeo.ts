import { join } from 'node:path';
import { childEnvironment } from '../command.ts';
import { findProgram } from '../programs.ts';
import { type Client, nameOf } from './client.ts';

/** https://github.com/containers/skopeo/blob/v1.9.3/docs/skopeo-copy.1.md */
export function findSkopeo(home: string): Client | undefined {
  const program = findProgram('skopeo', ['--version']);
  if (program === undefined) return undefined;
  const { path, version } = program;
  return {
    name: 'skopeo',
    version,
    pushImage: async ({ folder, tag }, to) => ({
      program: path,
      words: [
        ...['--insecure-policy', 'copy', '--dest-tls-verify=false', '--preserve-digests'],
        ...[`oci:${folder}:${tag}`, `docker://${nameOf(to)}:${tag}`],
      ],
      directory: folder,
      // As if not root: what it remembers of repositories is then kept below XDG_DATA_HOME, and not for ever.
      environment: {
        ...childEnvironment(home),
        _CONTAINERS_ROOTLESS_UID: '1000',
        XDG_DATA_HOME: join(home, 'data'),
        XDG_RUNTIME_DIR: join(home, 'run'),
      },
    }),
  };
}
