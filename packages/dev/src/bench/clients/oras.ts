import { dirname } from 'node:path';
import { childEnvironment } from '../command.ts';
import { artifactType, fileType } from '../leg-files.ts';
import { findProgram } from '../programs.ts';
import { type Client, nameOf } from './client.ts';

/** https://github.com/oras-project/oras/tree/v1.3.3 */
export function findOras(home: string): Client | undefined {
  const program = findProgram('oras', ['version']);
  if (program === undefined) return undefined;
  const { path, version } = program;
  const command = async (directory: string, ...words: readonly string[]) => ({
    program: path,
    words,
    directory,
    environment: childEnvironment(home),
  });
  const plain = ['--plain-http', '--no-tty'];
  return {
    name: 'oras',
    version,
    pushImage: ({ folder, tag }, to) =>
      command(
        folder,
        ...['cp', '--no-tty', '--to-plain-http', '--from-oci-layout', `${folder}:${tag}`],
        `${nameOf(to)}:${tag}`,
      ),
    pushFiles: ({ folder, name, files }, to) =>
      command(
        folder,
        ...['push', ...plain, '--artifact-type', artifactType, `${nameOf(to)}:${name}`],
        ...files.map((file) => `${file}:${fileType}`),
      ),
    pushIndex: (legs, to) =>
      command(
        home,
        ...['manifest', 'index', 'create', '--plain-http', `${nameOf(to)}:latest`],
        ...legs.map(({ name }) => name),
      ),
    pushBlob: (blob, to) =>
      command(dirname(blob.path), 'blob', 'push', ...plain, nameOf(to), blob.path),
  };
}
