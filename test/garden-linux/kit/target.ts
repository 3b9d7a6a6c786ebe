import type { FileContents } from '../../actions/act.ts';
import { cnames, commit, filesOf, version } from '../../examples/garden-linux.ts';

/** One flavor for one architecture, as a build leaves it behind. */
export interface Target {
  readonly cname: string;
  readonly flavor: string;
  readonly architecture: string;
  readonly version: string;
  readonly commit: string;
  /** As the release file has them. */
  readonly features: string;
  /** The files by name. */
  readonly files: FileContents;
}

/** A target, e.g. `kvm-gardener_prod` on `amd64`; another build of it has another commit. */
export function targetOf(flavor: string, architecture: string, built = commit): Target {
  const cname = `${flavor}-${architecture}-${version}-${built}`;
  const features = `${flavor},base,server`;
  const release = `GARDENLINUX_FEATURES=${features}\nGARDENLINUX_COMMIT_ID=${built}\n`;
  const files = Object.fromEntries(
    filesOf(cname).map((name) => [name, contentOf(name, release, architecture)]),
  );
  return { cname, flavor, architecture, version, commit: built, features, files };
}

// Logs are empty mostly, and then one blob in every manifest of the release.
const contentOf = (name: string, release: string, architecture: string): string =>
  name.endsWith('.release')
    ? release
    : name.endsWith('.log')
      ? ''
      : `${name} for ${architecture}\n`;

/** Data set A: the 28 targets of the first release that was published as one index. */
export const allTargets: readonly Target[] = cnames.map((cname) => {
  const [, flavor = '', architecture = ''] = /^(.*)-(amd64|arm64)-/.exec(cname) ?? [];
  return targetOf(flavor, architecture);
});
