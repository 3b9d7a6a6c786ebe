import { expect, test } from 'vitest';
import { layerTar, type TestEntry } from './test-kit/layer-tar.ts';
import { measure } from './test-kit/measure.ts';

const file = (path: string, length = 10): TestEntry => ({ path, content: Buffer.alloc(length, 1) });
const symlink = (path: string, target: string): TestEntry => ({ path, type: 'symlink', target });

/** What entries come to, without what their headers take. */
async function unpacked(...entries: readonly TestEntry[]) {
  const { size, inodes, usages } = await measure(layerTar(entries));
  return { size, inodes, blocks: Number(usages?.[4096]) - Number(usages?.[1024]) };
}

test.each<[string, TestEntry[], TestEntry[]]>([
  [
    'a relative link',
    [symlink('lib', 'usr/lib'), file('lib/a')],
    [symlink('lib', 'usr/lib'), file('usr/lib/a')],
  ],
  [
    'an absolute link',
    [symlink('x/lib', '/usr/lib'), file('x/lib/a')],
    [symlink('x/lib', '/usr/lib'), file('usr/lib/a')],
  ],
  [
    'a link with dots',
    [symlink('x/lib', '../usr'), file('x/lib/a')],
    [symlink('x/lib', '../usr'), file('usr/a')],
  ],
  [
    'a link above the top',
    [symlink('lib', '../../usr'), file('lib/a')],
    [symlink('lib', '../../usr'), file('usr/a')],
  ],
  [
    'links in a row',
    [symlink('a', 'b'), symlink('b', 'c'), file('a/x')],
    [symlink('a', 'b'), symlink('b', 'c'), file('c/x')],
  ],
])('what is written through %s lies where it leads', async (_, through, plain) => {
  expect(await unpacked(...through)).toEqual(await unpacked(...plain));
});

test('a folder at the path of a link takes its place', async () => {
  const entries: TestEntry[] = [symlink('lib', 'x'.repeat(70)), { path: 'lib', type: 'directory' }];

  expect(await unpacked(...entries, file('lib/a'))).toEqual(await unpacked(file('lib/a')));
});

test('links that go round in circles end', async () => {
  const tar = layerTar([symlink('a', 'b'), symlink('b', 'a'), file('a/x')]);

  await expect(measure(tar)).rejects.toMatchObject({
    code: 'LAYER_INVALID',
    message: expect.stringMatching(/a path goes over more than 40 links$/),
  });
});

test('links that are followed count as paths that are read', async () => {
  const long = symlink('a', `${'b/'.repeat(100)}c`);
  const tar = layerTar([long, ...Array.from({ length: 20 }, (_, n) => file(`a/${n}`))]);

  await expect(measure(tar, { limits: { pathBytes: 2000 } })).rejects.toMatchObject({
    message: expect.stringMatching(/its paths have more than 2000 bytes together$/),
  });
});

test('a hard link may lead through a link', async () => {
  const link = { path: 'b', type: 'hardlink', target: 'lib/a' } as const;

  const { size } = await unpacked(symlink('lib', 'usr'), file('usr/a', 5000), link);

  expect(size).toBe(5003);
});

test('a name that is taken anew leaves the other names of a file', async () => {
  const link = { path: 'b', type: 'hardlink', target: 'a' } as const;

  expect((await unpacked(file('a', 5000), link, file('a', 7))).size).toBe(5007);
});

test('the longest name can be hidden', async () => {
  const name = 'n'.repeat(255);

  expect(await unpacked(file(`.wh.${name}`, 0))).toEqual(await unpacked(file(name, 0)));
});
