/** Where an image runs: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md#image-index-property-descriptions */
export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
  readonly variant?: string;
}

/** An architecture's one name, and the variant that the other name implies. A map, since "constructor" may come from outside. */
const architectures = new Map<string, readonly [architecture: string, variant?: string]>([
  ['i386', ['386', '']],
  ['x86_64', ['amd64']],
  ['x86-64', ['amd64']],
  ['aarch64', ['arm64']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
]);

/** What containerd writes another way; every other variant is its own. */
const variants = new Map([
  ['amd64/v1', ''],
  ['arm64/8', ''],
  ['arm64/v8', ''],
  ['arm64/v8.0', ''],
  ['arm64/9', 'v9'],
  ['arm64/9.0', 'v9'],
  ['arm64/v9.0', 'v9'],
  ['arm/', 'v7'],
  ['arm/5', 'v5'],
  ['arm/6', 'v6'],
  ['arm/7', 'v7'],
  ['arm/8', 'v8'],
]);

/** Writes a platform one way, as containerd does: `arm64/v8` is `arm64`, `arm` is `arm/v7`, `x86_64` is `amd64`, `macos` is `darwin`. */
export function normalisePlatform(platform: Platform): Platform {
  const os = platform.os.toLowerCase();
  const lower = platform.architecture.toLowerCase();
  const [architecture, implied] = architectures.get(lower) ?? [lower];
  const given = implied ?? (platform.variant ?? '').toLowerCase();
  const variant = variants.get(`${architecture}/${given}`) ?? given;
  const features = platform['os.features'] ?? [];
  return {
    architecture,
    os: os === 'macos' ? 'darwin' : os,
    ...(platform['os.version'] ? { 'os.version': platform['os.version'] } : {}),
    ...(features.length > 0 ? { 'os.features': [...new Set(features)].sort() } : {}),
    ...(variant === '' ? {} : { variant }),
  };
}
