import { posix } from 'node:path';
import { UnsupportedError } from './error.ts';

/**
 * Says which files `actions/checkout` brings: all, or, with `sparse-checkout`, those in the folders listed, beside them on the
 * way to the root, and in the root: https://git-scm.com/docs/git-sparse-checkout/2.51.0#_internalscone_mode_handling
 */
export function sparseFilter(
  options: Readonly<Record<string, string>>,
): ((file: string) => boolean) | undefined {
  const folders = (options['sparse-checkout'] ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^\/|\/$/g, ''))
    .filter((line) => line !== '');
  if (folders.length === 0) return undefined;
  if (options['sparse-checkout-cone-mode'] === 'false' || folders.some(isPattern)) {
    throw new UnsupportedError('patterns in sparse-checkout', {
      hint: 'List folders, one a line.',
    });
  }
  const beside = new Set(folders.flatMap(parents));
  return (file) =>
    beside.has(posix.dirname(file)) || folders.some((folder) => file.startsWith(`${folder}/`));
}

const isPattern = (line: string): boolean => /[*?![\\]/.test(line);

const parents = (folder: string): string[] =>
  folder === '.' ? ['.'] : [posix.dirname(folder), ...parents(posix.dirname(folder))];
