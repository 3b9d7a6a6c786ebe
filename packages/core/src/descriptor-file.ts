import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  canonicalText,
  type Descriptor,
  isImageManifestType,
  parseDescriptor,
} from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

// A descriptor has some hundred bytes; its annotations may be long.
const maxSize = 1024 * 1024;

/**
 * Reads a file with one descriptor of an image manifest, as builders leave them for the index to come:
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md. Anything else is `RECORD_INVALID`.
 */
export async function readDescriptorFile(file: string): Promise<Descriptor> {
  try {
    const { size } = await stat(file);
    if (size > maxSize) throw new Error(`it has ${size} bytes, at most ${maxSize} go`);
    const descriptor = parseDescriptor(JSON.parse(await readFile(file, 'utf8')));
    if (isImageManifestType(descriptor.mediaType)) return descriptor;
    throw new Error(`it describes a ${descriptor.mediaType}, which is no image manifest`);
  } catch (cause) {
    throw new MatrixError(
      'RECORD_INVALID',
      `the descriptor file ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
        hint: 'Name files with one OCI descriptor each, and repeat the leg that writes this one.',
      },
    );
  }
}

/**
 * Makes the file for the descriptor of this manifest, empty, and the folders above it: what cannot be written shows before
 * anything is pushed, and what an earlier run left there is gone. Throws `INPUT_INVALID`, also for an index.
 */
export async function reserveDescriptorFile(
  file: string,
  { mediaType, digest }: Descriptor,
): Promise<void> {
  if (isImageManifestType(mediaType)) return write(file, '');
  throw new MatrixError(
    'INPUT_INVALID',
    `the descriptor file ${file} cannot be written: ${digest} is a ${mediaType}, and has several entries`,
    { hint: 'Leave out "descriptor-file", or push one image manifest.' },
  );
}

/** Writes the descriptor as one line of JSON, as an index entry has it. */
export const writeDescriptorFile = (file: string, descriptor: Descriptor): Promise<void> =>
  write(file, `${canonicalText(descriptor)}\n`);

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    throw new MatrixError(
      'INPUT_INVALID',
      `the descriptor file ${file} cannot be written: ${cause instanceof Error ? cause.message : cause}`,
      { cause, hint: 'Name a file in a folder that the step may write to.' },
    );
  }
}
