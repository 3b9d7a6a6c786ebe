import { expect, test } from 'vitest';
import { jsonIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, startUpload } from './sample.ts';

const profile = 'acr';

test('an hour of access goes by the name of access_token alone', async () => {
  await using registry = await startRegistry({ profile });
  const authorization = `Basic ${btoa('00000000-0000-0000-0000-000000000000:secret')}`;

  const answer = await fetch(`${registry.url}/token`, { headers: { authorization } });

  const token = await jsonIn(answer);
  expect(token).toMatchObject({ access_token: expect.any(String), expires_in: 3600 });
  expect(token).not.toHaveProperty('token');
});

test('the token endpoint refuses the POST of a password with a 400', async () => {
  await using registry = await startRegistry({ profile });
  const body = new URLSearchParams({ grant_type: 'password', password: 'secret' });

  expect((await fetch(`${registry.url}/token`, { method: 'POST', body })).status).toBe(400);
});

test('a chunk writes its range without a unit and a total', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const patch = async (range: string) =>
    login.ask(await startUpload(login), {
      method: 'PATCH',
      headers: { 'content-range': range },
      body: 'content',
    });

  const answers = [await patch('bytes 0-6/7'), await patch('0-6')];

  expect(answers.map(({ status }) => status)).toEqual([416, 202]);
});
