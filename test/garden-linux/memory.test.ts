import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actionEnvironment, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { watchMemory } from '../../packages/dev/src/bench/peak-memory.ts';
import { checkout } from '../actions/act.ts';
import { repository } from './kit/publish.ts';

const mebibyte = 1024 * 1024;

// What a runner fills in.
const onlyLeg = {
  'leg-index': '0',
  'leg-total': '1',
  'run-attempt': '1',
  'check-run-id': '',
  matrix: 'null',
};

// A disk of 4 GiB and one of this size go the same way; what a gap of memory would show does not need more.
test('R10, A11: the memory of a push does not grow with the disk', async () => {
  await using registry = await startRegistry();
  await using action = await actionEnvironment({
    with: {
      image: `${registry.host}/${repository}`,
      files: 'disk.vhd:application/io.gardenlinux.image.format.vhd',
      record: 'none',
      token: '',
      ...onlyLeg,
    },
  });
  const disk = join(action.workspace, 'disk.vhd');
  await writeFile(disk, 'the rest is a hole');
  await truncate(disk, 256 * mebibyte);

  const script = join(checkout, 'dist/push-manifest.js');
  const { variables: env, workspace: cwd } = action;
  const step = spawn(process.execPath, [script], { cwd, env, stdio: 'ignore' });
  const memory = watchMemory(step.pid ?? 0);
  const [exitCode] = await once(step, 'exit');
  const peak = memory.end();

  expect(exitCode).toBe(0);
  if (peak !== undefined) expect(peak).toBeLessThan(150 * mebibyte);
});
