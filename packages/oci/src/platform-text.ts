import { OciError } from './error.ts';
import { normalisePlatform, type Platform } from './platform.ts';

/** Text that was meant to be a platform, and is not one. */
export class InvalidPlatformError extends OciError {
  override readonly name = 'InvalidPlatformError';
  readonly code = 'INVALID_PLATFORM';

  constructor(text: string, reason: string) {
    super(`not a platform: ${JSON.stringify(text)}: ${reason}`, {
      hint: 'Write it as os/architecture or os/architecture/variant, e.g. linux/amd64, linux/arm/v7 or windows(10.0.20348)/amd64.',
    });
  }
}

const part = /^[A-Za-z0-9_.-]+$/;
const osPart =
  /^(?<os>[A-Za-z0-9_.-]+)(?:\((?<version>[A-Za-z0-9_.%-]*)(?<features>(?:\+[A-Za-z0-9_.%-]+)*)\))?$/;

/** Reads `os[(os.version+feature…)]/architecture[/variant]`, as containerd's `platforms.FormatAll` writes it, and normalises it. */
export function parsePlatform(text: string): Platform {
  const [osText = '', architecture, variant, ...rest] = text.trim().split('/');
  if (architecture === undefined) throw new InvalidPlatformError(text, 'it has no architecture');
  if (rest.length > 0) throw new InvalidPlatformError(text, 'it has more than three parts');
  const found = osPart.exec(osText)?.groups;
  if (!found || !part.test(architecture) || (variant !== undefined && !part.test(variant))) {
    throw new InvalidPlatformError(text, 'a part is empty or has a character that is not allowed');
  }
  const { os = '', version = '', features = '' } = found;
  return normalisePlatform({
    os,
    architecture,
    'os.version': unescapeOption(version, text),
    'os.features': features
      .split('+')
      .slice(1)
      .map((feature) => unescapeOption(feature, text)),
    ...(variant === undefined ? {} : { variant }),
  });
}

/** The inverse of `parsePlatform`; two platforms that differ in any property have two texts. */
export function formatPlatform(platform: Platform): string {
  const version = escapeOption(platform['os.version'] ?? '');
  const features = (platform['os.features'] ?? []).map((feature) => `+${escapeOption(feature)}`);
  const options = version + features.join('');
  const os = escapeOption(platform.os) + (options === '' ? '' : `(${options})`);
  const variant = platform.variant ? `/${escapeOption(platform.variant)}` : '';
  return `${os}/${escapeOption(platform.architecture)}${variant}`;
}

/** The same key for two platforms exactly when an index must not hold both. */
export const platformKey = (platform: Platform | undefined): string =>
  platform === undefined ? '' : formatPlatform(normalisePlatform(platform));

const escapeOption = (text: string): string =>
  text.replace(/[%+()/]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function unescapeOption(option: string, text: string): string {
  try {
    return decodeURIComponent(option);
  } catch {
    throw new InvalidPlatformError(text, 'a "%" in it is not followed by two hex digits of UTF-8');
  }
}
