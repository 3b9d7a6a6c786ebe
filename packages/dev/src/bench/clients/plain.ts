import { join } from 'node:path';
import { childEnvironment } from '../command.ts';
import type { BlobFile, Client, Destination } from './client.ts';

const script = join(import.meta.dirname, 'upload-plainly.ts');

/** The least that can be done with a file: it is sent as it is, and nothing is hashed. */
export function plainUpload(home: string): Client {
  const upload = async ({ path, digest }: BlobFile, { host, repository }: Destination) => ({
    program: process.execPath,
    words: [script, path, digest, `http://${host}/v2/${repository}/blobs/uploads/`],
    directory: home,
    environment: childEnvironment(home),
  });
  return { name: 'plain', version: process.versions.node, pushBlob: upload };
}
