import { expect, test } from 'vitest';
import type { App } from './app.ts';
import { fitEngines } from './app.ts';
import { refuseTooLarge } from './refuse-too-large.ts';
import { appOf, blob, check, metaOf, requiredBy, sample } from './test-app.ts';
import { tightest } from './verdict.ts';

test('the largest missing layers come first, each once', () => {
  const { a, b, c, d } = sample;
  const turned = appOf({ a: d, b: c, c: b, d: a });

  const verdict = check([appOf(sample), appOf({ d }, {}, 'again')], 0);

  expect(verdict.missing.map(({ digest }) => digest)).toEqual(['d', 'c', 'b', 'a'].map(blob));
  expect(check([turned], 0).missing.map(({ digest }) => digest)).toEqual(
    ['a', 'b', 'c', 'd'].map(blob),
  );
  expect(verdict.missing[0]).toEqual({
    digest: blob('d'),
    app: 'the App',
    archiveSize: 2_107_173,
    usage: 4_781_861,
  });
});

test('a document of one platform is for whichever device', () => {
  const app: App = { name: 'a leg', document: metaOf(sample) };

  expect(requiredBy([app], { architecture: 'riscv64' })).toBe(6_984_536);
});

test.each([
  ['arm', 'arm/v7'],
  ['arm/v7', 'arm'],
  ['arm/v7', 'arm/v6'],
  ['x86_64', 'amd64'],
  ['arm/v6', 'arm'],
])('a device of %s takes metadata for %s', (architecture, key) => {
  const app: App = { name: 'the App', document: { [key]: metaOf(sample) } };

  expect(check([app], 2 ** 30, { architecture, engine: 'strict' }).estimates).toEqual([]);
});

test('where nothing says which layers there are for a device the architectures are named', () => {
  const app: App = { name: 'the App', document: { arm64: metaOf({}), amd64: metaOf({}) } };

  expect(() => check([app], 0, { architecture: 'riscv64' })).toThrow(
    'the layer metadata of the App has nothing for riscv64: it has arm64, amd64',
  );
  const small: App = { name: 'the App', document: { arm: metaOf({}) } };
  expect(() => check([small], 0, { architecture: 'arm64' })).toThrow(
    'the layer metadata of the App has nothing for arm64: it has arm',
  );
  expect(() => check([{ name: 'the App' }], 0)).toThrow(
    'nothing says which layers the App has: it has no layer metadata',
  );
});

test.each(fitEngines)(
  'a sum beyond what can be counted is an error by the rules of %s',
  (engine) => {
    const huge = { size: 0, usage: Number.MAX_SAFE_INTEGER, archive_size: 1 };

    expect(() => check([appOf({ a: huge, b: huge })], 0, { engine })).toThrow(
      /comes to .*, which is no amount that can be counted/,
    );
  },
);

test('an update of nothing is an error', () => {
  expect(() => check([], 0)).toThrow('nothing was named that could fit');
});

test('a refusal says what is missing on which volume', () => {
  const verdict = check([appOf(sample)], 0, {
    volumes: {
      store: { blockSize: 1, blocks: 3_000_000, free: 3_000_000 },
      docker: { blockSize: 1, blocks: 4_000_000, free: 4_000_000 },
    },
  });

  expect(tightest(verdict)?.volume).toBe('docker');
  expect(() => refuseTooLarge(verdict)).toThrow(
    expect.objectContaining({
      code: 'TOO_LARGE',
      message:
        'the update does not fit by the rules of aktualizr-lite: the docker volume lacks 876945 bytes (4876945 required, 4000000 available)',
    }),
  );
});

test('a refusal for want of inodes names no bytes', () => {
  const verdict = check([appOf({ a: { ...sample.a, inodes: 3 } })], 0, {
    engine: 'strict',
    volumes: { store: { blockSize: 4096, blocks: 1000, free: 1000, inodesFree: 10 } },
  });

  expect(() => refuseTooLarge(verdict)).toThrow(
    /: the disk volume lacks 6 inodes \(16 required, 10 free\)$/,
  );
});

test('where a clean-up is enough the refusal says so', () => {
  const gone = { a: { ...sample.d, inodes: 3 } };
  const app = appOf({ b: sample.b });
  const cleanUp = { images: [appOf(gone)], kept: new Set<never>() };

  expect(() => refuseTooLarge(check([app], 1000, { cleanUp }))).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^Remove the images of "clean-up"/) }),
  );
  expect(() => refuseTooLarge(check([app], 1000))).toThrow(
    expect.objectContaining({ hint: undefined }),
  );
});

test('of volumes that lack nothing the one with less to spare is the tightest', () => {
  const volumes = (store: number, docker: number) => ({
    store: { blockSize: 1, blocks: 2 ** 40, free: store },
    docker: { blockSize: 1, blocks: 2 ** 40, free: docker },
  });
  const tightestOf = (store: number, docker: number) =>
    tightest(check([appOf(sample)], 0, { volumes: volumes(store, docker) }))?.volume;

  expect(tightestOf(2 ** 32, 2 ** 31)).toBe('docker');
  expect(tightestOf(2 ** 31, 2 ** 32)).toBe('store');
});

test('what fits is not refused', () => {
  expect(() => refuseTooLarge(check([appOf(sample)], 2 ** 30))).not.toThrow();
});
