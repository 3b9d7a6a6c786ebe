import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wholeCheckout } from '../flows/kit/checkout.ts';

const workflows = ['examples', '.github/workflows'].flatMap((folder) =>
  readdirSync(join(wholeCheckout, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`),
);

const pinned = /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const own = /^(?:oci-matrix\/oci-matrix(?:\/\S+)?@v1|\$\/\S+)$/;

/** What a workflow to copy must not teach. */
function* faultsOf(text: string): Generator<string> {
  for (const [, used = ''] of text.matchAll(/^[ -]+uses: (.+)$/gm)) {
    if (!own.test(used) && !pinned.test(used)) yield `${used} is not pinned by its commit`;
  }
  for (const [, lines = ''] of text.matchAll(/^ *permissions:\n((?: +[a-z-]+: \w+.*\n)+)/gm)) {
    for (const line of lines.trimEnd().split('\n')) {
      if (!/: (?:read|write) # \S/.test(line)) yield `${line.trim()} has no reason`;
    }
  }
  for (const [block] of text.matchAll(/^( *)concurrency:.*\n(?:\1 +.*\n)+/gm)) {
    if (!/queue: max|cancel-in-progress: true/.test(block)) yield `${block.trim()} drops runs`;
  }
  if (!/^ *permissions:/m.test(text)) yield 'it names no permissions';
}

test.each(workflows)(
  '%s pins what it uses, says why it may write, and drops no release',
  (path) => {
    expect([...faultsOf(readFileSync(join(wholeCheckout, path), 'utf8'))]).toEqual([]);
  },
);

test.each([
  [
    'permissions: {}\n      - uses: docker/login-action@v3\n',
    'docker/login-action@v3 is not pinned',
  ],
  [`permissions: {}\n uses: a/b@${'0'.repeat(40)}\n`, 'is not pinned'],
  ['permissions:\n  contents: read # to fetch\n  packages: write\n', 'packages: write has no'],
  ['permissions: {}\nconcurrency:\n  group: a\n', 'drops runs'],
  ['jobs:\n', 'it names no permissions'],
])('a workflow like %j is not one to copy', (text, fault) => {
  expect([...faultsOf(text)]).toEqual([expect.stringContaining(fault)]);
});
