import { readFile, stat } from 'node:fs/promises';
import { type Digest, isDigest, parseReference, type Reference } from '@oci-matrix/oci';
import { MatrixError } from '../../error.ts';

/** What `installed` names, before anybody is asked about the images. */
export interface InstalledNames {
  readonly digests: readonly Digest[];
  readonly images: readonly Reference[];
}

/** The most that a listing may have, in bytes. */
const maxListing = 16 * 1024 * 1024;

/**
 * Reads lines that say what a device has. In this order a line is: a digest, with or without `sha256:`; the path of a file with
 * the names of a blob store, one a line; an image with its tag or digest. Throws `INPUT_INVALID` for anything else.
 */
export async function parseInstalled(lines: readonly string[]): Promise<InstalledNames> {
  const digests: Digest[] = [];
  const images: Reference[] = [];
  for (const line of lines) {
    const digest = digestOf(line);
    if (digest !== undefined) digests.push(digest);
    else if (await isFile(line)) digests.push(...(await readListing(line)));
    else images.push(parseInstalledImage(line));
  }
  return { digests, images };
}

/** The names in `blobs/sha256` are the hex digits alone. */
function digestOf(text: string): Digest | undefined {
  if (isDigest(text)) return text;
  const named = `sha256:${text}`;
  return isDigest(named) ? named : undefined;
}

async function readListing(path: string): Promise<Digest[]> {
  const { size } = await stat(path);
  if (size > maxListing) {
    throw invalid(`${path} in installed has ${size} bytes, at most ${maxListing} go`);
  }
  const names = (await readFile(path, 'utf8')).split('\n').map((name) => name.trim());
  return names
    .filter((name) => name !== '' && !isTemporary(name))
    .map((name, at) => {
      const digest = digestOf(name);
      if (digest !== undefined) return digest;
      const shown = JSON.stringify(name.slice(0, 100));
      throw invalid(`${path} in installed has ${shown} as name ${at + 1}, which is no digest`);
    });
}

// What skopeo left behind of a download that was broken off.
const isTemporary = (name: string): boolean => name.startsWith('oci-put-blob');

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

function parseInstalledImage(line: string): Reference {
  const reference = parsed(line);
  if (reference?.tag !== undefined || reference?.digest !== undefined) return reference;
  throw invalid(
    `${JSON.stringify(line.slice(0, 300))} in installed is no digest, no file that is there, and no image with its tag or digest`,
  );
}

function parsed(line: string): Reference | undefined {
  // A digest cut short, and no image of that name.
  if (/^sha\d+:/.test(line)) return undefined;
  try {
    return parseReference(line);
  } catch {
    return undefined;
  }
}

const invalid = (message: string): MatrixError =>
  new MatrixError('INPUT_INVALID', message, {
    hint: 'Write digests, images such as ghcr.io/acme/app:1.0, or the path of a file that "ls blobs/sha256" wrote on the device.',
  });
