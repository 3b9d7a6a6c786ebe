import { normalisePlatform, type Platform } from './platform.ts';

/**
 * What a machine of this platform can run, best first, as containerd's `platforms.Only` has it:
 * an older variant, 32-bit x86 on amd64, 32-bit ARM on arm64. All have the machine's `os.version` and `os.features`.
 */
export function runnablePlatforms(machine: Platform): Platform[] {
  const normal = normalisePlatform(machine);
  const all = [{ architecture: normal.architecture, variant: normal.variant }, ...lesser(normal)];
  return all.map(({ architecture, variant = '' }) =>
    normalisePlatform({ ...normal, architecture, variant }),
  );
}

interface Processor {
  readonly architecture: string;
  readonly variant?: string | undefined;
}

function lesser({ architecture, variant = '' }: Processor): Processor[] {
  if (architecture === 'amd64') {
    return [...below(variant, 1).map(withArchitecture('amd64')), { architecture: '386' }];
  }
  if (architecture === 'arm') return below(variant, 5).map(withArchitecture('arm'));
  const older = architecture === 'arm64' ? below64(variant || 'v8') : undefined;
  if (older === undefined) return [];
  // Every one of them runs 32-bit ARMv8; there is no 32-bit ARMv9.
  const arm = { architecture: 'arm', variant: 'v8' };
  return [...older.map(withArchitecture('arm64')), arm, ...lesser(arm)];
}

const withArchitecture =
  (architecture: string) =>
  (variant: string): Processor => ({ architecture, variant });

// Two digits are more levels than any processor has, and bound the list.
function below(variant: string, least: number): string[] {
  const level = Number(/^v?([0-9]{1,2})$/.exec(variant)?.[1] ?? 0);
  return Array.from({ length: Math.max(0, level - least) }, (_, i) => `v${level - 1 - i}`);
}

// ARMv9.x has all of ARMv8.(x+5), and v8.9 is the last of those. Undefined of a variant that nobody knows.
function below64(variant: string): string[] | undefined {
  const [, major, minor = '0'] = /^v([89])(?:\.([0-9]))?$/.exec(variant) ?? [];
  if (major === undefined) return undefined;
  const minors = (version: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `v${version}.${count - 1 - i}`.replace(/\.0$/, ''));
  const x = Number(minor);
  return major === '8' ? minors('8', x) : [...minors('9', x), ...minors('8', Math.min(x + 6, 10))];
}
