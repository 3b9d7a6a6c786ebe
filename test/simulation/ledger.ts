import type { DirectRegistry } from '../../packages/testing/src/registry/direct-registry.ts';
import { repositoryName } from './content.ts';

/** A request that a registry has done, whoever hears of it. */
export interface Deed {
  /** Who asked. */
  readonly by: string;
  readonly method: string;
  /** Behind `/v2/<repository>/`, with the query. */
  readonly path: string;
  readonly status: number;
  readonly body: Uint8Array;
}

/** What a tag came to name. */
export interface Move {
  readonly tag: string;
  readonly by: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** All that was done to a registry, in order. */
export interface Ledger {
  /** Does something to the registry, and notes which tags it moved and which manifests it took away. */
  watch<T>(by: string, work: () => Promise<T> | T): Promise<T>;
  note(deed: Deed): void;
  readonly deeds: readonly Deed[];
  readonly moves: readonly Move[];
  /** How many deeds there were when a manifest was last taken away. */
  goneAt(digest: string): number | undefined;
}

export function createLedger(registry: DirectRegistry, onMove: (move: Move) => void): Ledger {
  const deeds: Deed[] = [];
  const moves: Move[] = [];
  const gone = new Map<string, number>();
  const tagsNow = (): Map<string, string> =>
    new Map(
      registry.tags(repositoryName).flatMap((tag) => {
        const digest = registry.manifest(repositoryName, tag)?.digest;
        return digest === undefined ? [] : [[tag, digest] as const];
      }),
    );
  let tags = tagsNow();
  let manifests = new Set<string>();

  return {
    deeds,
    moves,
    goneAt: (digest) => gone.get(digest),
    note: (deed) => void deeds.push(deed),
    async watch(by, work) {
      const done = await work();
      const [before, after] = [tags, tagsNow()];
      const left = new Set<string>(registry.manifests(repositoryName));
      for (const digest of manifests) if (!left.has(digest)) gone.set(digest, deeds.length);
      [tags, manifests] = [after, left];
      for (const tag of new Set([...before.keys(), ...after.keys()])) {
        const [from, to] = [before.get(tag), after.get(tag)];
        if (from === to) continue;
        const move = { tag, by, from, to };
        moves.push(move);
        onMove(move);
      }
      return done;
    },
  };
}
