import { expect, test } from 'vitest';
import { renderReading } from './render-reading.ts';

test('readers are compared with ours within each round', () => {
  const layer = '32 MiB, gzip';
  const text = renderReading([
    { layer, reader: 'ours', walls: [100, 400, 200], memory: 90 * 1024 ** 2 },
    { layer, reader: 'gzip -dc, sha256sum', walls: [150, 800, 300], memory: undefined },
  ]);

  expect(text).toMatch(/\| 32 MiB, gzip +\| ours +\| +200 ms \| +1\.00 \| +90 MiB \|/);
  expect(text).toMatch(/\| gzip -dc, sha256sum +\| +300 ms \| +1\.50 \| +– \|/);
});
