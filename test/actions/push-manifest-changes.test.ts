import { appendFileSync, truncateSync, utimesSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act, folderWith } from './act.ts';
import { failureOf, refusalOf } from './refusal.ts';

const advice = expect.stringMatching(/^Let the build finish before this step starts/);

test('a file that grows while it is read is refused', async () => {
  await using registry = await startRegistry();
  await using workspace = await folderWith({ 'disk.raw': '' });
  const file = join(workspace.path, 'disk.raw');
  // Sparse: long to read, and no room on the disk.
  truncateSync(file, 48 * 1024 * 1024);
  const writer = setInterval(() => appendFileSync(file, 'x'), 1);

  const result = await act('push-manifest', {
    workspace: workspace.path,
    with: { image: `${registry.host}/acme/app`, files: 'disk.raw:application/octet-stream' },
  }).finally(() => clearInterval(writer));

  const refusal = refusalOf(result, registry);
  expect(refusal).toMatchObject({ code: 'FILE_CHANGED', hint: advice });
  expect(refusal.what).toMatch(/disk\.raw changed while it was read$/);
});

test.each([
  ['grew', (file: string) => appendFileSync(file, 'more')],
  ['was written again with as many bytes', (file: string) => utimesSync(file, 1, 1)],
])(
  'a file that %s between its digest and its upload leaves no manifest behind',
  async (_, change) => {
    await using registry = await startRegistry();
    await using workspace = await folderWith({ 'disk.raw': 'as it was' });
    // The first question comes when all files are read; while the client waits to ask again, the file changes.
    registry.fail('HEAD', /manifests/, { status: 503, headers: { 'retry-after': '1' } });
    registry.onRequest(({ status }) => {
      if (status === 503) change(join(workspace.path, 'disk.raw'));
    });

    const result = await act('push-manifest', {
      workspace: workspace.path,
      with: { image: `${registry.host}/acme/app`, files: 'disk.raw:application/octet-stream' },
    });

    expect(failureOf(result)).toMatchObject({ code: 'FILE_CHANGED', hint: advice });
    expect(registry.manifests('acme/app')).toEqual([]);
  },
);

test('a file that a step before wrote over is pushed as it is now', async () => {
  await using registry = await startRegistry();
  await using workspace = await folderWith({ 'disk.raw': 'old' });
  const push = (): ReturnType<typeof act> =>
    act('push-manifest', {
      workspace: workspace.path,
      with: { image: `${registry.host}/acme/app`, files: 'disk.raw:a/b', record: 'none' },
    });
  const before = await push();
  await writeFile(join(workspace.path, 'disk.raw'), 'new');

  const after = await push();

  expect(after.exitCode).toBe(0);
  expect(after.outputs.digest).not.toBe(before.outputs.digest);
});
