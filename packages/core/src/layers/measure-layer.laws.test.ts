import {
  link,
  lstat,
  mkdir,
  mkdtempDisposable,
  opendir,
  statfs,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerTar, packings, type TestEntry } from './test-kit/layer-tar.ts';
import { inChunks, measure } from './test-kit/measure.ts';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'usr', '.wh.a', 'ä'),
  fc.integer({ min: 1, max: 250 }).map((length) => 'n'.repeat(length)),
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const length = fc.oneof(fc.constantFrom(0, 1, 511, 512, 1024, 4096, 4097), fc.nat(9000));

const entry: fc.Arbitrary<TestEntry> = fc.oneof(
  fc.record({ path, content: length.map((bytes) => Buffer.alloc(bytes, 'content ')) }),
  fc.record({ path, type: fc.constant('directory' as const) }),
  fc.record({
    path,
    type: fc.constant('symlink' as const),
    target: fc.integer({ min: 1, max: 200 }).map((bytes) => 't'.repeat(bytes)),
  }),
);
const tree = fc.uniqueArray(entry, { maxLength: 12, selector: (one) => one.path });

test('however a layer is packed, it takes the same', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (entries) => {
      const tar = layerTar(entries);
      const { archive_size: _, ...plain } = await measure(tar);

      for (const pack of Object.values(packings)) {
        const { archive_size, ...packed } = await measure(pack(tar), { diffId: digestOf(tar) });
        expect(packed).toEqual(plain);
        expect(archive_size).toBe(pack(tar).byteLength);
      }
    }),
    { numRuns: 25 },
  );
});

test('however a layer is cut on its way, it takes the same', async () => {
  const form = fc.constantFrom(...Object.values(packings));
  await fc.assert(
    fc.asyncProperty(tree, form, fc.integer({ min: 1, max: 3000 }), async (entries, pack, size) => {
      const blob = pack(layerTar(entries));

      const whole = await measure(blob, { open: () => inChunks(blob, blob.byteLength) });

      expect(await measure(blob, { open: () => inChunks(blob, size) })).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test('whatever is in a blob, it is measured or refused with a code', async () => {
  const bytes = fc.uint8Array({ maxLength: 3000 });
  const damage = fc.record({ at: fc.nat(), byte: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      tree,
      bytes,
      fc.array(damage, { maxLength: 4 }),
      async (entries, more, hits) => {
        const blob = Buffer.concat([layerTar(entries), more]);
        for (const { at, byte } of hits) blob.writeUInt8(byte, at % blob.byteLength);

        const outcome = await measure(blob).catch((error: unknown) => error);

        const isMeasured = fc.stringify(outcome).includes('diff_id');
        if (!isMeasured) expect(outcome).toMatchObject({ code: 'LAYER_INVALID' });
      },
    ),
    { numRuns: 150 },
  );
});

const ext4 = 0xef53;
const disk = await statfs(tmpdir());
const isExt4 = disk.type === ext4 && disk.bsize === 4096;

// What `du` counts, each inode once.
async function blocksIn(folder: string): Promise<number> {
  const seen = new Map<number, number>();
  for await (const { parentPath, name: own } of await opendir(folder, { recursive: true })) {
    const { ino, blocks } = await lstat(join(parentPath, own));
    seen.set(ino, blocks * 512);
  }
  return (await lstat(folder)).blocks * 512 + [...seen.values()].reduce((sum, one) => sum + one, 0);
}

async function unpack(entries: readonly TestEntry[], folder: string): Promise<void> {
  for (const { path: to, type = 'file', content = '', target = '' } of entries) {
    const file = join(folder, to);
    await mkdir(type === 'directory' ? file : dirname(file), { recursive: true });
    if (type === 'symlink') await symlink(target, file);
    if (type === 'hardlink') await link(join(folder, target), file);
    // Without the flush blocks are not chosen yet.
    if (type === 'file') await writeFile(file, content, { flush: true });
  }
}

test.skipIf(!isExt4)('a file system of ext4 agrees', async () => {
  const flat = fc.uniqueArray(fc.tuple(fc.constantFrom('', 'folder/', 'folder/in/it/'), entry), {
    maxLength: 30,
    selector: ([folder, one]) => folder + one.path.replaceAll('/', '-'),
  });
  await fc.assert(
    fc.asyncProperty(flat, async (placed) => {
      const entries = placed
        .map(([folder, one]) => ({
          ...one,
          path: folder + one.path.replaceAll('/', '-').slice(0, 100),
        }))
        .filter(({ path: own }) => !own.includes('.wh.') && own !== 'folder');
      const distinct = [...new Map(entries.map((one) => [one.path, one])).values()];
      const first = distinct.find(({ type, content }) => type === undefined && content);
      const links: TestEntry[] = first
        ? [{ path: 'links/one', type: 'hardlink', target: first.path }]
        : [];
      await using folder = await mkdtempDisposable(join(tmpdir(), 'ext4-'));
      await unpack([...distinct, ...links], folder.path);

      const { usage } = await measure(layerTar([...distinct, ...links]));

      expect(Math.floor(usage / 4096) * 4096 - 4 * 4096).toBe(await blocksIn(folder.path));
    }),
    { numRuns: 15 },
  );
});
