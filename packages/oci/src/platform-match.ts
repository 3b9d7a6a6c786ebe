import { normalisePlatform, type Platform } from './platform.ts';
import { platformKey } from './platform-text.ts';
import { runnablePlatforms } from './runnable-platforms.ts';

/**
 * True if an image for `offered` runs where `wanted` is asked for, as containerd's `platforms.OnlyStrict` has it: the same once
 * normalised, extra `os.features` of the machine allowed, and for Windows a version that the machine's kernel can run.
 */
export function platformMatches(wanted: Platform, offered: Platform): boolean {
  const [want, offer] = [normalisePlatform(wanted), normalisePlatform(offered)];
  // Every Windows has "win32k", and few say so.
  const features = new Set([...(want['os.features'] ?? []), want.os === 'windows' && 'win32k']);
  return (
    want.os === offer.os &&
    want.architecture === offer.architecture &&
    want.variant === offer.variant &&
    (want.os !== 'windows' || runsWindows(want['os.version'], offer['os.version'])) &&
    (offer['os.features'] ?? []).every((feature) => features.has(feature))
  );
}

// Windows Server 2022 and 2025: a host from 2022 on runs containers back to the long-term release before it. Older hosts share
// the build with their containers. The revision behind the build may always differ.
// https://learn.microsoft.com/en-us/virtualization/windowscontainers/deploy-containers/version-compatibility
const longTermBuilds = [20_348, 26_100];

function runsWindows(host = '', container = ''): boolean {
  const [on, of] = [windowsBuild(host), windowsBuild(container)];
  if (on === undefined || container === '') return true;
  if (of === undefined || on.release !== of.release) return false;
  const oldest = longTermBuilds.findLast((build) => build < on.build) ?? on.build;
  return oldest <= of.build && of.build <= on.build;
}

function windowsBuild(version: string): { release: string; build: number } | undefined {
  const [, release, build] = /^([0-9]+\.[0-9]+)\.([0-9]+)(?:\.|$)/.exec(version) ?? [];
  return release === undefined ? undefined : { release, build: Number(build) };
}

/**
 * The entry that a machine of this platform would run, or undefined: of those for its best platform the one that asks for
 * most `os.features`, as in containerd; of equals the first (image-spec v1.1.1, image-index.md).
 */
export function selectByPlatform<T extends { readonly platform?: Platform | undefined }>(
  entries: readonly T[],
  machine: Platform,
): T | undefined {
  const asked = (entry: T): number => entry.platform?.['os.features']?.length ?? 0;
  for (const candidate of runnablePlatforms(machine)) {
    const [first, ...more] = entries.filter(
      ({ platform }) => platform && platformMatches(candidate, platform),
    );
    if (first === undefined) continue;
    return more.reduce((best, entry) => (asked(entry) > asked(best) ? entry : best), first);
  }
  return undefined;
}

/** True if the two name the same place to run. */
export const samePlatform = (a: Platform | undefined, b: Platform | undefined): boolean =>
  platformKey(a) === platformKey(b);
