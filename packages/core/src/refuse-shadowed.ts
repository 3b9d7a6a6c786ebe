import {
  type Descriptor,
  engines,
  formatPlatform,
  normalisePlatform,
  type Platform,
  platformKey,
  resolveAs,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';

const isImage = (entry: Descriptor): boolean =>
  entry.artifactType === undefined && attestationSubject(entry) === undefined;

/**
 * Refuses an index in which some runtime would find an artifact where it could have an image: one of the same platform behind
 * it, or one for an older processor that it would have fallen back to.
 */
export function refuseShadowed(entries: readonly Descriptor[]): void {
  const contested = distinct(contestedEntries(entries));
  const images = contested.filter(isImage);
  const machines = new Map(contested.map(({ platform }) => [platformKey(platform), platform]));
  for (const machine of machines.values()) {
    if (machine !== undefined) refuseFor(machine, contested, images);
  }
}

function refuseFor(
  machine: Platform,
  entries: readonly Descriptor[],
  images: readonly Descriptor[],
): void {
  for (const engine of engines) {
    const found = resolveAs(engine, entries, machine);
    if (found === undefined || isImage(found)) continue;
    const image = resolveAs(engine, images, machine);
    if (image === undefined) continue;
    throw new MatrixError(
      'ENTRY_DUPLICATE',
      `the artifact ${found.digest} (${found.artifactType ?? 'an attestation'}) would stand before the container image ${image.digest} for ${formatPlatform(machine)}, and ${engine} would take it`,
      { hint: 'Give the artifact no platform, or one that no runtime asks for.' },
    );
  }
}

// No runtime looks beyond its operating system: without an artifact there, nothing stands before its images.
function contestedEntries(entries: readonly Descriptor[]): Descriptor[] {
  const osOf = ({ platform }: Descriptor): string | undefined =>
    platform && normalisePlatform(platform).os;
  const disputed = new Set(entries.filter((entry) => !isImage(entry)).map(osOf));
  const inhabited = new Set(entries.filter(isImage).map(osOf));
  return entries.filter((entry) => {
    const os = osOf(entry);
    return os !== undefined && disputed.has(os) && inhabited.has(os);
  });
}

// Of entries that runtimes cannot tell apart they take the first.
function distinct(entries: readonly Descriptor[]): Descriptor[] {
  const seen = new Map<string, Descriptor>();
  for (const entry of entries) {
    const zstd = entry.annotations?.['io.github.containers.compression.zstd'];
    const key = `${isImage(entry)} ${zstd} ${platformKey(entry.platform)}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}
