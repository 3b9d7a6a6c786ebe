import { expect, test } from 'vitest';
import { createFeed } from './feed.ts';
import { layerLimits } from './layer-limits.ts';
import { readTar } from './read-tar.ts';
import { createTarSplit } from './tar-split.ts';
import { layerTar, type TestEntry } from './test-kit/layer-tar.ts';

const files = (count: number): TestEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    path: `usr/share/folder-${n % 17}/file-${n}.txt`,
    content: `content of ${n}\n`.repeat(n % 90),
  }));

const withPax = (entries: readonly TestEntry[]): TestEntry[] =>
  entries.map((entry, n) => ({
    ...entry,
    pax: { mtime: `17000000${n % 100}.5`, 'SCHILY.xattr.user.k': `v${n}` },
  }));

async function tarSplitOf(tar: Buffer, chunk = tar.byteLength): Promise<number> {
  const tarSplit = createTarSplit();
  const feed = createFeed(readTar(tarSplit, layerLimits));
  for (let at = 0; at < tar.byteLength; at += chunk) {
    feed.write(tar.subarray(at, at + chunk));
    await tarSplit.ready();
  }
  feed.end();
  return tarSplit.end();
}

// What github.com/vbatts/tar-split v0.12.3 makes of the same tars, built with Go 1.26.
test.each<[string, TestEntry[], number]>([
  ['no files', [], 74],
  ['one file', files(1), 226],
  ['10 files', files(10), 833],
  ['500 files', files(500), 26_123],
  ['500 files with pax headers', withPax(files(500)), 37_511],
  ['5000 files', files(5000), 249_438],
])('it is as long as that of Docker, but for 1.1 % or 25 bytes: %s', async (_, entries, docker) => {
  const bytes = await tarSplitOf(layerTar(entries));

  expect(Math.abs(bytes - docker)).toBeLessThanOrEqual(Math.max(25, docker * 0.011));
});

test('it is as long however the tar comes', async () => {
  const tar = Buffer.concat([layerTar(files(300)), Buffer.alloc(200_000)]);

  expect(await tarSplitOf(tar, 333)).toBe(await tarSplitOf(tar));
});
