import { expect, test } from 'vitest';
import type { App } from './app.ts';
import { appOf, blob, check, installed, metaOf, twoVolumes, volumeOf } from './test-app.ts';

const volumes = twoVolumes(2 ** 30, 2 ** 30, 4096);
const disk = { volumes: { store: volumes.store }, engine: 'composectl' } as const;
const required = (apps: readonly App[], more = {}): number =>
  volumeOf(check(apps, 0, { ...disk, ...more })).required;

const layers = { x: { size: 1, usage: 5001, archive_size: 5000 } };

test('a blob takes whole blocks of the device, and its layer the usage as it is', () => {
  expect(required([appOf(layers)])).toBe(8192 + 5001);
});

test('a layer that the metadata does not have counts five times its compressed size', () => {
  const app = {
    ...appOf(layers),
    layers: [
      { digest: blob('x'), size: 5000 },
      { digest: blob('y'), size: 10 },
    ],
  };

  const verdict = check([app], 0, disk);

  expect(volumeOf(verdict).required).toBe(8192 + 5001 + 4096 + 50);
  expect(verdict.estimates).toMatchObject([
    {
      digests: [blob('y')],
      reason: expect.stringMatching(/^For 1 layer of the App 5 times the compressed size/),
    },
  ]);
});

test('without any metadata a layer counts no more unpacked than packed, and that is said', () => {
  const app: App = { name: 'the App', layers: [{ digest: blob('x'), size: 5000 }] };

  const verdict = check([app], 0, disk);

  expect(volumeOf(verdict).required).toBe(8192 + 8192);
  expect(verdict.estimates[0]?.reason).toMatch(/which is far too little/);
});

test('manifests, configs and the archive count as if they were unpacked too', () => {
  const archive = { digest: blob('tgz'), size: 4097 };
  const documents = [{ digest: blob('manifest'), size: 10 }];

  expect(required([{ ...appOf(layers), archive, documents }])).toBe(
    8192 + 5001 + 2 * 8192 + 2 * 4096,
  );
});

test('a blob that several Apps have counts once', () => {
  const other = appOf({ ...layers, y: { size: 1, usage: 7, archive_size: 1 } }, {}, 'other');

  expect(required([appOf(layers), other])).toBe(8192 + 5001 + 4096 + 7);
});

test('a blob that is there counts nothing', () => {
  expect(required([appOf(layers)], { installed: installed('x') })).toBe(0);
});

test('Docker on a volume of its own is not looked at, and the gap is named', () => {
  const full = { ...volumes, docker: { ...volumes.docker, free: 0 } };

  const verdict = check([appOf(layers)], 0, { ...disk, volumes: full });

  expect(verdict.volumes).toMatchObject([
    { volume: 'store', required: 8192 + 5001 },
    { volume: 'docker', required: 0 },
  ]);
  expect(verdict.fits).toBe(true);
  expect(verdict.gaps).toEqual([
    expect.stringMatching(/^composectl says yes, and yet the docker volume is short by/),
  ]);
});

test('where nobody knows the manifests of the images, that is said', () => {
  const known = { ...appOf(layers), layers: [{ digest: blob('x'), size: 5000 }] };

  expect(check([appOf(layers)], 0, disk).notes.join()).toMatch(/how large those of the App are/);
  expect(check([known], 0, disk).notes).toEqual([]);
});

test('an arm variant is looked for under the name of its architecture', () => {
  const app: App = { name: 'the App', document: { arm: metaOf(layers) } };

  expect(required([app], { architecture: 'arm/v6' })).toBe(8192 + 5001);
});
