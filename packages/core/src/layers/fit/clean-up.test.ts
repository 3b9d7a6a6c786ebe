import { expect, test } from 'vitest';
import type { App } from './app.ts';
import { appOf, blob, check, twoVolumes } from './test-app.ts';

const layer = { size: 1, usage: 20_480, archive_size: 4096, inodes: 2 };
const old = appOf({ x: layer, shared: layer }, {}, 'old');
const update = appOf({ shared: layer, fresh: layer }, {}, 'update');
const volumes = twoVolumes(2 ** 30, 2 ** 30, 4096);
const options = { engine: 'strict', volumes } as const;

const cleanUp = (images: readonly App[], ...kept: string[]) => ({
  ...options,
  cleanUp: { images, kept: new Set(kept.map(blob)) },
});

test('a clean-up gives back what nothing else needs, on each volume', () => {
  const verdict = check([update], 0, cleanUp([old]));

  expect(verdict.cleanUp).toEqual({
    bytes: { store: 4096, docker: 20_480 + 6 * 4096 },
    inodes: { store: 1, docker: 14 },
    fits: true,
  });
});

test('what would be removed is there: the update does not bring it again', () => {
  const verdict = check([update], 0, cleanUp([old]));

  expect(verdict.missing.map(({ digest }) => digest)).toEqual([blob('fresh')]);
});

test('what another image needs stays', () => {
  expect(check([update], 0, cleanUp([old], 'x')).cleanUp?.bytes).toEqual({ store: 0, docker: 0 });
});

test('of a layer that was not measured the blob alone is sure', () => {
  const bare: App = { name: 'bare', layers: [{ digest: blob('x'), size: 4096 }] };

  expect(check([update], 0, cleanUp([bare])).cleanUp?.bytes).toEqual({ store: 4096, docker: 0 });
});

test('of a blob whose size nobody says nothing is sure', () => {
  const { archive_size: _, ...sizeless } = layer;

  const verdict = check([update], 0, cleanUp([appOf({ x: sizeless })]));

  expect(verdict.cleanUp?.bytes).toEqual({ store: 0, docker: 20_480 + 6 * 4096 });
});

test('of a layer that was measured for other blocks its content is sure', () => {
  const small = twoVolumes(2 ** 30, 2 ** 30, 1024);

  const verdict = check([update], 0, { ...cleanUp([old]), volumes: small });

  expect(verdict.cleanUp?.bytes).toEqual({ store: 4096, docker: 1 });
});

test('an update that does not fit may fit after the clean-up', () => {
  const disk = (blocks: number) => ({ store: { blockSize: 4096, blocks: 100, free: blocks } });
  const verdictOn = (blocks: number) =>
    check([update], 0, { ...cleanUp([old]), volumes: disk(blocks) });

  // The update takes twelve blocks, and the clean-up gives back as many.
  expect(verdictOn(12)).toMatchObject({ fits: true, cleanUp: { bytes: { disk: 12 * 4096 } } });
  expect(verdictOn(0)).toMatchObject({ fits: false, cleanUp: { fits: true } });
  const reserved = check([update], 0, {
    ...cleanUp([old]),
    volumes: disk(0),
    reserve: { watermark: 80, reserve: 1 },
  });
  expect(reserved).toMatchObject({ fits: false, cleanUp: { fits: false } });
});
