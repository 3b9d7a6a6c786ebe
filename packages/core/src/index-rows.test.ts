import { expect, test } from 'vitest';
import { defaultIdentity } from './identity.ts';
import { indexRows } from './index-rows.ts';
import { entryFor, imageFor } from './test-kit/records.ts';

test('every entry has a row, in the order of the index, and what was removed stands last', () => {
  const image = imageFor('linux/amd64');
  const disk = entryFor('disk', { artifactType: 'application/vnd.disk' });
  const old = imageFor('linux/arm64');
  const changes = [
    { outcome: 'removed', descriptor: old },
    { outcome: 'kept', descriptor: image },
    { outcome: 'added', descriptor: disk },
  ] as const;

  const rows = indexRows(
    { changes, descriptor: image, bytes: new Uint8Array(), entries: [], changed: true, tags: [] },
    defaultIdentity,
  );

  expect(rows.map(({ name, kind, outcome }) => [name, kind, outcome])).toEqual([
    ['linux/amd64', 'image', 'kept'],
    ['application/vnd.disk', 'application/vnd.disk', 'added'],
    ['linux/arm64', 'image', 'removed'],
  ]);
  expect(rows[0]).toMatchObject({ digest: image.digest, size: image.size });
});
