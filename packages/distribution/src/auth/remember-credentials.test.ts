import { expect, test } from 'vitest';
import { fastClock } from '../test-kit/fast-clock.ts';
import { rememberCredentials } from './remember-credentials.ts';

const scopes = (repository: string) => [{ repository, actions: ['pull'] as const }];

test('each repository is asked for once', async () => {
  const asked: unknown[] = [];
  const credentialOf = rememberCredentials(
    async (...question) => void asked.push(question),
    'r.example.com',
    fastClock(),
  );

  for (const repository of ['a', 'b', 'a']) await credentialOf(scopes(repository));

  expect(asked).toEqual([
    ['r.example.com', 'a'],
    ['r.example.com', 'b'],
  ]);
});

test('a helper that fails is run again only after ten seconds', async () => {
  const clock = fastClock();
  let runs = 0;
  const credentialOf = rememberCredentials(
    async () => {
      runs += 1;
      throw new Error(`run ${runs}`);
    },
    'r.example.com',
    clock,
  );
  const ask = async (): Promise<unknown> =>
    credentialOf(scopes('a')).catch((error) => error.message);

  const answers = [await ask(), await ask()];
  clock.advance(11_000);
  answers.push(await ask());

  expect(answers).toEqual(['run 1', 'run 1', 'run 2']);
});
