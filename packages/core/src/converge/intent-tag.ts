import { digestOf, encodedOf } from '@oci-matrix/oci';
import type { Generation } from './generation.ts';

/** What the tags of all intents begin with: what a clean-up looks for. */
export const intentPrefix = 'oci-matrix-intent-';

const pattern =
  /^(?<slot>oci-matrix-intent-[0-9a-f]{16}-[0-9a-f]{16})-(?<generation>\d{16}\.\d{6})$/;

/** The tags of all intents for the index at one tag begin with this. */
export const prefixFor = (tag: string): string => `${intentPrefix}${short(tag)}-`;

/** What the intents for one entry of the index at a tag share, whatever their generation; `key` is the entry's identity. */
export const slotFor = (tag: string, key: string): string => `${prefixFor(tag)}${short(key)}`;

/** The tag of an intent: always the same for the same index, entry and generation, and 75 characters long. */
export const intentTag = (slot: string, generation: Generation): string => `${slot}-${generation}`;

/** What the tag of an intent says; undefined for any other tag. */
export function parseIntentTag(tag: string): { slot: string; generation: Generation } | undefined {
  const { slot, generation } = pattern.exec(tag)?.groups ?? {};
  return slot === undefined || generation === undefined ? undefined : { slot, generation };
}

// A tag may have 128 characters of a few kinds, an identity any number of any kind.
const short = (text: string): string =>
  encodedOf(digestOf(new TextEncoder().encode(text))).slice(0, 16);
