import { type Descriptor, engines, formatPlatform, platformKey, resolveAs } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';

/** What is in an index, and what became of each entry. */
export interface UpdatedEntries {
  readonly entries: readonly Descriptor[];
  readonly changes: readonly { readonly outcome: string; readonly descriptor: Descriptor }[];
}

/**
 * Warns of container images that came in and that no runtime takes, since another of the same platform stands before them: their
 * identities differ by something that runtimes do not look at.
 */
export function warnOfUnreachable(
  { entries, changes }: UpdatedEntries,
  { log }: { readonly log: Pick<RunContext['log'], 'warning'> },
): void {
  const byPlatform = Map.groupBy(entries.filter(isImage), ({ platform }) => platformKey(platform));
  const came = changes.filter(({ outcome }) => outcome === 'added' || outcome === 'replaced');
  const stories = came.flatMap(({ descriptor }) => {
    const { digest, platform } = descriptor;
    const rivals = byPlatform.get(platformKey(platform)) ?? [];
    if (!isImage(descriptor) || platform === undefined || rivals.length < 2) return [];
    const taken = engines.map((engine) => resolveAs(engine, rivals, platform)?.digest);
    if (taken.includes(digest)) return [];
    return [`${digest} for ${formatPlatform(platform)}, behind ${taken[0]}`];
  });
  if (stories.length === 0) return;
  log.warning(`no runtime takes an image that stands behind another: ${stories.join('; ')}`);
}

// Entries that older tools wrote do not say that they are artifacts, but nobody runs their operating system.
const isImage = ({ artifactType, platform }: Descriptor): boolean =>
  artifactType === undefined && /^(?:linux|windows)$/.test(platform?.os ?? '');
