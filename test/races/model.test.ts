import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const model = join(import.meta.dirname, '../../docs/converge.pml');
const isMissing = ['spin', 'gcc'].some(
  (tool) => spawnSync(tool, ['--version']).error !== undefined,
);

/** How many assertions spin finds broken in the model, in any order of requests; it stops at the first. */
async function errorsOf(...settings: readonly string[]): Promise<number> {
  await using folder = await temporaryDirectory('model');
  const cwd = folder.path;
  await run('spin', ['-a', ...settings, model], { cwd });
  await run('gcc', ['-O1', '-w', '-DSAFETY', '-DCOLLAPSE', '-o', 'pan', 'pan.c'], { cwd });
  const { stdout } = await run('./pan', ['-m100000'], { cwd });
  const { errors } = /errors: (?<errors>\d+)/.exec(stdout)?.groups ?? {};
  if (errors === undefined || /search depth too small|out of memory/.test(stdout)) {
    throw new Error(`spin did not get through: ${stdout}`);
  }
  return Number(errors);
}

test.skipIf(isMissing).each([
  ['3 writers, where the registry tells what is', ['-DN=3']],
  ['3 writers, of which any may die, and one after them', ['-DN=3', '-DCRASH']],
  ['2 writers, where lists and reads lag behind', ['-DN=2', '-DDELTA=2']],
  ['2 writers that may die there, and one after them', ['-DN=2', '-DDELTA=1', '-DCRASH']],
])('spin: no order of requests loses an entry of %s', async (_, settings) => {
  expect(await errorsOf(...settings)).toBe(0);
});

test.skipIf(isMissing).each([
  ['does not look again', ['-DN=3', '-DNO_VERIFY']],
  ['knows of no entry but its own', ['-DN=3', '-DNO_INTENTS']],
  ['settles for less than the registry lags behind', ['-DN=2', '-DDELTA=1', '-DSETTLE=0']],
])('spin: an entry is lost where a writer %s', async (_, settings) => {
  expect(await errorsOf(...settings)).toBe(1);
});
