import { canonicalText, type Descriptor, platformKey } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** What makes two index entries the same entry, in the order in which it is compared. */
export type Identity = readonly string[];

/** Platform and artifact type: one image and one artifact of each kind for each platform. */
export const defaultIdentity: Identity = ['platform', 'artifactType'];

/** Reads the lines of `identity`: `platform`, `artifactType`, `annotations.<key>`. */
export function parseIdentity(lines: readonly string[]): Identity {
  for (const line of lines) {
    if (line !== 'platform' && line !== 'artifactType' && !/^annotations\.\S+$/.test(line)) {
      throw new MatrixError('INPUT_INVALID', `identity cannot have ${JSON.stringify(line)}`, {
        hint: 'Write platform, artifactType or annotations.<key>, one a line.',
      });
    }
  }
  return lines.length === 0 ? defaultIdentity : lines;
}

/** Equal for two entries exactly when they are the same entry. */
export const identityKey = (descriptor: Descriptor, identity: Identity): string =>
  canonicalText(identity.map((part) => partOf(descriptor, part)));

/** The identity for people: `linux/arm64`, `gardenlinux(1877.3)/amd64 aws-gardener_prod`. */
export const identityText = (descriptor: Descriptor, identity: Identity): string =>
  identity
    .map((part) => partOf(descriptor, part))
    .filter((value) => value !== '')
    .join(' ') || descriptor.digest;

function partOf(descriptor: Descriptor, part: string): string {
  if (part === 'platform') return platformKey(descriptor.platform);
  if (part === 'artifactType') return descriptor.artifactType ?? '';
  return descriptor.annotations?.[part.slice('annotations.'.length)] ?? '';
}
