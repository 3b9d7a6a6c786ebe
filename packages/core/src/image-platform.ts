import { formatPlatform, normalisePlatform, type Platform, platformMatches } from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { MatrixError } from './error.ts';
import { jsonOf } from './json-of.ts';

/** The most that we read of an image config, in bytes. */
export const maxConfigSize = 4 * 1024 * 1024;

// https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
const configSchema = z.object({
  architecture: z.string(),
  os: z.string(),
  variant: z.optional(z.string()),
  'os.version': z.optional(z.string()),
  'os.features': z.optional(z.array(z.string())),
});

/** The platform that an image config names, as it says it; undefined where it names none. */
export function platformOfConfig(bytes: Uint8Array): Platform | undefined {
  const parsed = configSchema.safeParse(jsonOf(bytes));
  if (!parsed.success || parsed.data.os === '' || parsed.data.architecture === '') return undefined;
  const { architecture, os, variant, ...rest } = parsed.data;
  const { 'os.version': version, 'os.features': features } = rest;
  return {
    architecture,
    os,
    ...(version ? { 'os.version': version } : {}),
    ...(features?.length ? { 'os.features': features } : {}),
    ...(variant ? { variant } : {}),
  };
}

/**
 * The platform given, checked against the one that the config names; either alone where the other is absent. A config that names
 * no variant leaves it open, as many builders do, and then the given one counts.
 */
export function agreedPlatform(
  given: Platform | undefined,
  fromConfig: Platform | undefined,
): Platform | undefined {
  if (given === undefined || fromConfig === undefined) {
    const only = given ?? fromConfig;
    return only && normalisePlatform(only);
  }
  const open = fromConfig.variant === undefined && given.variant !== undefined;
  const said = open ? { ...fromConfig, variant: given.variant } : fromConfig;
  if (platformMatches(said, given)) return normalisePlatform({ ...said, ...given });
  throw new MatrixError(
    'PLATFORM_MISMATCH',
    `the platform given is ${formatPlatform(given)}, but the image config says ${formatPlatform(normalisePlatform(fromConfig))}`,
    { hint: 'Push the image that this leg built, or leave "platform" out: the config says it.' },
  );
}
