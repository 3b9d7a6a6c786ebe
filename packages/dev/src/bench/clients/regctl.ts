import { childEnvironment } from '../command.ts';
import { artifactType, fileType } from '../leg-files.ts';
import { findProgram } from '../programs.ts';
import { type Client, type Destination, nameOf } from './client.ts';

/** https://github.com/regclient/regclient/tree/v0.11.5/cmd/regctl */
export function findRegctl(home: string): Client | undefined {
  const program = findProgram('regctl', ['version']);
  if (program === undefined) return undefined;
  const { path, version } = program;
  const command = async (directory: string, { host }: Destination, words: readonly string[]) => ({
    program: path,
    words: ['--host', `reg=${host},tls=disabled`, ...words],
    directory,
    environment: childEnvironment(home),
  });
  return {
    name: 'regctl',
    version,
    pushImage: ({ folder, tag }, to) =>
      command(folder, to, ['image', 'copy', `ocidir://${folder}:${tag}`, `${nameOf(to)}:${tag}`]),
    pushFiles: ({ folder, name, files }, to) =>
      command(folder, to, [
        ...['artifact', 'put', '--artifact-type', artifactType, '--file-title'],
        ...files.flatMap((file) => ['--file', file, '--file-media-type', fileType]),
        `${nameOf(to)}:${name}`,
      ]),
    pushIndex: (legs, to) =>
      command(home, to, [
        ...['index', 'create', `${nameOf(to)}:latest`],
        ...legs.flatMap(({ name }) => ['--ref', `${nameOf(to)}:${name}`]),
      ]),
    pushBlob: async (blob, to) => ({
      ...(await command(home, to, ['blob', 'put', nameOf(to)])),
      input: blob.path,
    }),
  };
}
