import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The digest, in hex, of the files that match: a hash over the hash of each, in the order of their
 * paths; the empty string when none matches. A pattern that starts with `!` takes files away.
 */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split('\n')).map((line) => line.trim());
  const matches = new Set<string>();
  for (const line of lines.filter((line) => line !== '' && !line.startsWith('#'))) {
    const isExclusion = line.startsWith('!');
    for (const path of globSync(isExclusion ? line.slice(1) : line, { cwd: workspace })) {
      isExclusion ? matches.delete(path) : matches.add(path);
    }
  }
  const files = [...matches].sort().filter((path) => statSync(join(workspace, path)).isFile());
  if (files.length === 0) {
    return '';
  }
  const total = createHash('sha256');
  for (const file of files) {
    total.update(
      createHash('sha256')
        .update(readFileSync(join(workspace, file)))
        .digest(),
    );
  }
  return total.digest('hex');
}
