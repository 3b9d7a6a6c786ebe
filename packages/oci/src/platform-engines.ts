import type { Annotations } from './descriptor.ts';
import type { Platform } from './platform.ts';
import { selectByPlatform } from './platform-match.ts';

/**
 * Who chooses an entry of an index for a machine. `containerd` is Docker on Linux too: its containerd store, and its classic one
 * with the same matcher (moby v25.0, distribution/pull_v2_unix.go). `podman` is all of containers/image: buildah, skopeo, CRI-O.
 */
export const engines = ['containerd', 'podman'] as const;

export type Engine = (typeof engines)[number];

/** What an engine looks at in an entry. */
export interface Choosable {
  readonly platform?: Platform | undefined;
  readonly annotations?: Annotations | undefined;
}

/** The entry of an index that an engine takes when it is asked for a platform; undefined where it finds none. */
export const resolveAs = <T extends Choosable>(
  engine: Engine,
  entries: readonly T[],
  asked: Platform,
): T | undefined =>
  engine === 'containerd' ? asContainerd(entries, asked) : asPodman(entries, podmanOrder(asked));

// containerd v2.1, core/images/image.go: what has a platform counts first, and what has none is opened if there is nothing else.
const asContainerd = <T extends Choosable>(entries: readonly T[], asked: Platform): T | undefined =>
  selectByPlatform(entries, asked) ?? entries.find(({ platform }) => platform === undefined);

/** containers/image v5.36, internal/manifest/oci_index.go: by platform, then zstd before others, then by place in the index. */
function asPodman<T extends Choosable>(
  entries: readonly T[],
  wanted: readonly Platform[],
): T | undefined {
  const ranked = entries.flatMap((entry) => {
    const rank = entry.platform === undefined ? wanted.length : rankOf(entry.platform, wanted);
    return rank === -1 ? [] : [{ entry, rank, plain: isZstd(entry) ? 0 : 1 }];
  });
  const [best] = ranked.toSorted((a, b) => a.rank - b.rank || a.plain - b.plain);
  return best?.entry;
}

// By the letter: nothing is normalised, and os.version and os.features do not count.
const rankOf = (offered: Platform, wanted: readonly Platform[]): number =>
  wanted.findIndex(
    ({ os, architecture, variant }) =>
      os === offered.os &&
      architecture === offered.architecture &&
      (variant ?? '') === (offered.variant ?? ''),
  );

const isZstd = ({ annotations }: Choosable): boolean =>
  annotations?.['io.github.containers.compression.zstd'] === 'true';

// From the most capable on; internal/pkg/platform/platform_matcher.go, v5.36.
const variantOrder = new Map([
  ['arm', ['v7', 'v6', 'v5']],
  ['arm64', ['v8']],
]);

/** The platforms that podman takes where one is asked for, the best first: older variants, and last one without any. */
function podmanOrder({ os, architecture, variant = '' }: Platform): Platform[] {
  const known = variantOrder.get(architecture) ?? [];
  const from = known.indexOf(variant);
  const least = architecture === 'arm64' ? ['', 'v8'] : [''];
  const named = from === -1 ? [variant] : known.slice(from);
  return (variant === '' ? least : [...named, '']).map((each) => ({
    os,
    architecture,
    variant: each,
  }));
}
