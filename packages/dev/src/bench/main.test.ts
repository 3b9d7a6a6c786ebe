import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

const run = (...words: string[]) =>
  spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' });

test('the help measures nothing', () => {
  const { status, stdout } = run('--help');

  expect(status).toBe(0);
  expect(stdout).toContain('--latency 0,30');
});

test('an option that is wrong is named, with the way to the help', () => {
  const { status, stderr } = run('--case', 'x');

  expect(status).toBe(2);
  expect(stderr).toMatch(/--case[\s\S]*--help/);
});
