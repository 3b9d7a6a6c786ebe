import { intentPrefix } from '@oci-matrix/core';
import {
  type Descriptor,
  elementSources,
  memberSources,
  platformKey,
  samePlatform,
} from '@oci-matrix/oci';
import type { Claim } from '../claim.ts';
import { repositoryName } from '../content.ts';
import type { Move } from '../ledger.ts';
import type { World } from '../world.ts';

/** Checks an index that a fan-in put at a tag. */
export function checkIndex(world: World, move: Move, claim: Claim): void {
  const { accuse, registry } = world;
  const what = wordsFor(move);
  if (claim.dry) accuse('dry', what);
  if (!claim.complete) accuse('complete', `${what}, and not every leg is there`);
  const bytes = registry.manifest(repositoryName, move.to ?? '')?.bytes;
  if (bytes === undefined) {
    accuse('complete', `${what}, which is not there`);
    return;
  }
  const written = readIndex(bytes);
  for (const entry of claim.entries) checkPresence(world, move, entry);
  // An intent has one entry, which everybody who lists it brings into the index.
  if (move.tag.startsWith(intentPrefix)) return;
  if (!claim.tags.includes(move.tag)) accuse('complete', `${what}, which is none of its tags`);
  checkEntries(world, move, claim, written);
  checkForeign(world, move, claim, written);
  checkResolvable(world, move, written.entries);
}

function checkPresence(world: World, move: Move, entry: Descriptor): void {
  if (wasThere(world, move.by, entry)) return;
  world.accuse('complete', `${wordsFor(move)}, and ${entry.digest} is not there`);
}

function checkEntries(
  { accuse }: World,
  move: Move,
  { entries, old, others }: Claim,
  written: Written,
): void {
  const theirs = others();
  for (const entry of entries) {
    // A later run that publishes at the same time may have put its own there.
    const its = [entry, ...theirs.filter((other) => keyOf(other) === keyOf(entry))];
    const found = written.entries.filter((each) =>
      its.some(({ digest }) => digest === each.digest),
    );
    if (found.length !== 1)
      accuse('complete', `${wordsFor(move)} without the newest ${entry.digest}`);
  }
  for (const { digest } of written.entries) {
    if (old.has(digest)) accuse('attempts', `${wordsFor(move)} with ${digest} of an old attempt`);
  }
}

/** A runtime that takes the first entry for its platform finds an image, where there is one. */
function checkResolvable({ accuse }: World, move: Move, entries: readonly Descriptor[]): void {
  for (const image of entries.filter(({ artifactType }) => artifactType === undefined)) {
    const first = entries.find(({ platform }) => samePlatform(platform, image.platform));
    if (first?.artifactType !== undefined) {
      accuse(
        'resolvable',
        `${wordsFor(move)}, where ${first.digest} stands before ${image.digest}`,
      );
    }
  }
}

/** True if the manifest is there, or was at a look of the fan-in: what is deleted later nobody can know, and a write may be late. */
function wasThere({ registry, sightings, ledger }: World, by: string, entry: Descriptor): boolean {
  const found = registry.manifest(repositoryName, entry.digest);
  if (found !== undefined) return found.bytes.byteLength === entry.size;
  const goneAt = ledger.goneAt(entry.digest) ?? 0;
  return sightings
    .of(by, `manifests/${entry.digest}`)
    .some(({ answer, at }) => answer.status === 200 && at <= goneAt);
}

interface Written {
  readonly entries: readonly Descriptor[];
  readonly sources: readonly string[];
  readonly members: ReadonlyMap<string, string>;
}

function readIndex(bytes: Uint8Array): Written {
  const text = Buffer.from(bytes).toString();
  const members = memberSources(text);
  return {
    entries: JSON.parse(text).manifests ?? [],
    sources: elementSources(members.get('manifests') ?? '[]'),
    members,
  };
}

export const keyOf = ({ platform, artifactType = '' }: Descriptor): string =>
  `${platformKey(platform)} ${artifactType}`;

/** What was read is in what was written, but for what is ours; of several readings one will do, since a write may be late. */
function checkForeign(world: World, move: Move, claim: Claim, written: Written): void {
  const { sightings, accuse } = world;
  const { mode, entries, others, tags } = claim;
  const reads = sightings.reads(move.by, `manifests/${tags[0]}`);
  const found = reads.filter(({ answer }) => answer.status === 200);
  if (mode === 'replace' && found.length > 0) return;
  if (mayBeAbsent(world, move.by, tags[0] ?? '')) return;
  const ours = new Set([...entries, ...others()].map(keyOf));
  const changes = found.map(({ answer }) => changeOf(readIndex(answer.body), written, ours));
  if (changes.length === 0) accuse('absent', `${wordsFor(move)} unread`);
  else if (!changes.includes(undefined)) {
    accuse('foreign', `${wordsFor(move)} and changes ${changes.at(-1)} of others`);
  }
}

/** What of an index is not as it was; undefined where all is. */
function changeOf(before: Written, after: Written, ours: ReadonlySet<string>): string | undefined {
  const kept = before.sources.filter((_, at) => {
    const entry = before.entries[at];
    return entry !== undefined && !ours.has(keyOf(entry));
  });
  const left = after.sources.filter((source) => kept.includes(source));
  if (left.join() !== kept.join()) return 'the entries';
  const own = new Set(['schemaVersion', 'mediaType', 'manifests', 'config', 'layers']);
  return [...before.members].find(
    ([key, source]) => !own.has(key) && after.members.get(key) !== source,
  )?.[0];
}

/** True if the job was told that the tag is not there: by a 404, or by a list without it. */
function mayBeAbsent({ sightings }: World, by: string, tag: string): boolean {
  const reads = sightings.reads(by, `manifests/${tag}`);
  if (reads.some(({ answer }) => answer.status === 404)) return true;
  return sightings
    .reads(by, 'tags/list?n=1000')
    .filter(
      ({ answer }) => answer.status === 200 && reads.every((read) => read.answer.status !== 200),
    )
    .some(({ answer }) => !JSON.parse(Buffer.from(answer.body).toString()).tags.includes(tag));
}

const wordsFor = ({ by, tag, to }: Move): string => `${by} moves ${tag} to ${to}`;
