import { readFileSync } from 'node:fs';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** The root of the checkout that this file is in. */
export const checkout = join(import.meta.dirname, '../../../..');

/** The version of what is measured: that of the package. */
export function ownVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const known = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return known ? String(parsed.version) : 'unknown';
}

/** What the figures were measured on, in words. */
export function machine(): string {
  const cores = cpus();
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  return `${type()} ${release()} ${arch()}, ${cores.length} × ${cores[0]?.model.trim() ?? 'core'}, ${memory} GiB of memory`;
}
