import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function run(...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { out: '', error: '' };
  child.stdout.on('data', (text) => {
    printed.out += text;
  });
  child.stderr.on('data', (text) => {
    printed.error += text;
  });
  return { child, printed, ended: once(child, 'close'), [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'close');
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serves, prints a line for each request, and ends cleanly on %s',
  async (signal) => {
    await using command = run('--no-referrers');
    await expect.poll(() => command.printed.out, { timeout: 20_000 }).toMatch(/^Serving http:/);
    const url = command.printed.out.trim().replace('Serving ', '');

    await (await fetch(`${url}/v2/`)).text();
    await expect
      .poll(() => command.printed.out)
      .toMatch(/^GET \/v2\/ 200 [\d.]+ ms, 0 bytes in, 0 out$/m);
    command.child.kill(signal);

    expect(await command.ended).toEqual([0, null]);
    expect(command.printed.error).toBe('');
  },
);

test('a profile says what it behaves like, and how to log in', async () => {
  await using command = run('--profile', 'ecr');
  await expect
    .poll(() => command.printed.out, { timeout: 20_000 })
    .toMatch(
      /^Serving http:.*\nIt behaves like Amazon .*\nIt asks for basic credentials: AWS and secret\n/,
    );
  const url = command.printed.out.split('\n')[0]?.replace('Serving ', '');

  const answer = await fetch(`${url}/v2/`, {
    headers: { authorization: `Basic ${btoa('AWS:secret')}` },
  });

  expect(answer.status).toBe(200);
});

test('an unknown option is an error that names it and points to the help', async () => {
  await using command = run('--nonsense');

  expect(await command.ended).toEqual([2, null]);
  expect(command.printed.error).toMatch(/--nonsense[\s\S]*--help/);
  expect(command.printed.out).toBe('');
});

test('the help serves nothing', async () => {
  await using command = run('--help');

  expect(await command.ended).toEqual([0, null]);
  expect(command.printed.out).toContain('--storage FOLDER');
});
