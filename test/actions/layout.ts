import { canonicalText, encodedOf } from '@oci-matrix/oci';
import type { FileContents } from './act.ts';
import type { Content } from './content.ts';

/** The files of an image layout below a folder: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export function layoutFiles(
  folder: string,
  ...top: readonly Content[]
): Record<string, string | Uint8Array> {
  const inside = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const blobs = top.flatMap((content) =>
    [...content.blobs].map(([digest, { bytes }]) => [
      inside(`blobs/sha256/${encodedOf(digest)}`),
      bytes,
    ]),
  );
  const manifests = top.map(({ descriptor }) => descriptor);
  return {
    ...Object.fromEntries(blobs),
    [inside('oci-layout')]: '{"imageLayoutVersion":"1.0.0"}',
    [inside('index.json')]: canonicalText({ schemaVersion: 2, manifests }),
  };
}

const block = 512;

/** A tar archive of regular files, as POSIX.1-1988 has it. */
export function tarOf(files: FileContents): Buffer {
  const parts = Object.entries(files).flatMap(([path, content]) => {
    const bytes = Buffer.from(content);
    const padding = Buffer.alloc((block - (bytes.length % block)) % block);
    return [tarHeader(path, bytes.length), bytes, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function tarHeader(path: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0'.repeat(2), 108);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${'0'.repeat(11)}\0`, 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
