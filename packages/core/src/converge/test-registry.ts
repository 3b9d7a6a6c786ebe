import { type Descriptor, type Digest, digestOf, parseManifest } from '@oci-matrix/oci';
import type { IndexBytes } from '../index-bytes.ts';
import { emptyIndex, readIndex } from '../index-document.ts';
import type { CurrentIndex } from '../read-current.ts';
import type { TagStore } from './tag-store.ts';
import type { Scheduler } from './test-scheduler.ts';

/** A registry of one repository: requests take effect one after the other, at some time between question and answer. */
export interface ModelRegistry {
  /** How one client sees it; `alive` is asked at every step of a request, and ends the client where it is false. */
  client(alive?: (request: string) => boolean): TagStore;
  /** Puts what another tool writes, now or at some time before. */
  put(index: IndexBytes, tag: string, time?: number): void;
  remove(tag: string): void;
  /** The descriptors of the index at a tag, as it is now. */
  entriesAt(tag: string): readonly Descriptor[];
  digestAt(tag: string): Digest | undefined;
  tags(): string[];
  /** Manifests that are gone, though indexes name them. */
  readonly lost: Set<Digest>;
  readonly requests: string[];
}

interface Change {
  readonly at: number;
  readonly index: IndexBytes | undefined;
}

/** For how many ms a list of tags, or a read by tag, may still tell what was; each draws a time of its own. */
export interface Staleness {
  readonly lists: number;
  readonly reads: number;
}

export function createModelRegistry(
  scheduler: Scheduler,
  staleness: Staleness = { lists: 0, reads: 0 },
): ModelRegistry {
  const { clock, random, turn } = scheduler;
  const histories = new Map<string, Change[]>();
  const lost = new Set<Digest>();
  const requests: string[] = [];
  const at = (tag: string, time: number): IndexBytes | undefined =>
    histories.get(tag)?.findLast((change) => change.at <= time)?.index;
  const upTo = (lag: number): number => clock.now() - random() * lag;
  const tagsAt = (time: number): string[] =>
    [...histories.keys()].filter((tag) => at(tag, time) !== undefined);
  const shuffled = (tags: readonly string[]): string[] =>
    tags
      .map((tag) => ({ tag, rank: random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ tag }) => tag);
  const record = (tag: string, index: IndexBytes | undefined, time = clock.now()): void => {
    histories.set(tag, [...(histories.get(tag) ?? []), { at: time, index }]);
  };

  const client = (alive: (request: string) => boolean): TagStore => {
    const request = async <T>(name: string, effect: () => T): Promise<T> => {
      await step(name);
      requests.push(name);
      const answer = effect();
      await step(name);
      return answer;
    };
    const step = async (name: string): Promise<void> => {
      await turn();
      // Who is dead waits for ever, and nobody waits for it.
      if (!alive(name)) await new Promise(() => undefined);
    };
    const get = (tag: string): Promise<IndexBytes | undefined> =>
      request(`GET ${tag}`, () => at(tag, upTo(staleness.reads)));
    return {
      name: { registry: 'model.example', repository: 'acme/app' },
      async *listTags() {
        const all = await request('LIST', () => shuffled(tagsAt(upTo(staleness.lists))));
        // What comes on the later pages may have been moved meanwhile; that it is there was said at first.
        for (const [i, tag] of all.entries()) {
          if (i > 0 && i % 3 === 0) await request('LIST', () => undefined);
          yield tag;
        }
      },
      async fetch(tag) {
        const found = await get(tag);
        if (found === undefined) return undefined;
        const { bytes, mediaType } = found;
        const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
        return { descriptor, bytes, manifest: parseManifest(bytes, mediaType) };
      },
      current: async (tag) => currentOf(await get(tag)),
      has: (digest) => request(`HEAD ${digest}`, () => !lost.has(digest)),
      bring: async () => undefined,
      plan: async (tags, first, digest) => {
        const others = await Promise.all(tags.slice(1).map(get));
        const now = [first, ...others.map((other) => other && digestOf(other.bytes))];
        return tags.map((tag, i) => {
          const previous = now[i];
          return { tag, moved: previous !== digest, ...(previous ? { previous } : {}) };
        });
      },
      move: async (index, moving) => {
        for (const { tag } of moving) await request(`PUT ${tag}`, () => record(tag, index));
      },
    };
  };

  return {
    client: (alive = () => true) => client(alive),
    put: (index, tag, time) => record(tag, index, time),
    remove: (tag) => record(tag, undefined),
    entriesAt: (tag) =>
      currentOf(at(tag, clock.now())).document.entries.map(({ descriptor }) => descriptor),
    digestAt: (tag) => currentOf(at(tag, clock.now())).digest,
    tags: () => tagsAt(clock.now()),
    ...{ lost, requests },
  };
}

function currentOf(found: IndexBytes | undefined): CurrentIndex {
  if (found === undefined) return { document: emptyIndex };
  const { bytes, mediaType } = found;
  const manifest = parseManifest(bytes, mediaType);
  if (manifest.kind !== 'index') throw new TypeError('the model has only indexes');
  return {
    ...{ bytes, mediaType, digest: digestOf(bytes) },
    document: readIndex(bytes, manifest.index),
  };
}
