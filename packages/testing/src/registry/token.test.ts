import { expect, test } from 'vitest';
import type { Registry } from './registry.ts';
import { jsonIn } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const auth = { kind: 'bearer', username: 'ada', password: 'secret' } as const;
const basic = { authorization: `Basic ${btoa('ada:secret')}` };
const scope = 'repository:acme/app:pull,push';

const post = (registry: Registry, form: Record<string, string>) =>
  fetch(`${registry.url}/token`, { method: 'POST', body: new URLSearchParams(form) });

async function canStartUpload(registry: Registry, token: string): Promise<boolean> {
  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status === 202;
}

test('credentials get a token, under both of its names, and its life', async () => {
  await using registry = await startRegistry({ auth: { ...auth, expiresIn: 60 } });

  const answer = await fetch(`${registry.url}/token?scope=${scope}`, { headers: basic });

  const { token, access_token, expires_in, issued_at, refresh_token } = await jsonIn(answer);
  expect(access_token).toBe(token);
  expect(expires_in).toBe(60);
  expect(Math.abs(Date.parse(issued_at) - Date.now())).toBeLessThan(10_000);
  expect(refresh_token).toBeUndefined();
  expect(await canStartUpload(registry, token)).toBe(true);
});

test('wrong credentials get none, and neither do no credentials', async () => {
  await using registry = await startRegistry({ auth });
  const wrong = { authorization: `Basic ${btoa('ada:guess')}` };

  const answers = [
    await fetch(`${registry.url}/token?scope=${scope}`, { headers: wrong }),
    await fetch(`${registry.url}/token?scope=${scope}`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test('where pulls are open, anybody gets a token that can pull', async () => {
  await using registry = await startRegistry({ auth: { ...auth, pull: 'anonymous' } });
  registry.seedBlob('acme/app', 'content');

  const { token } = await jsonIn(await fetch(`${registry.url}/token?scope=${scope}`));

  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${registry.url}/v2/acme/app/tags/list`, { headers })).status).toBe(200);
  expect(await canStartUpload(registry, token)).toBe(false);
});

test('a refresh token stands for the credentials', async () => {
  await using registry = await startRegistry({ auth });
  const offline = await fetch(`${registry.url}/token?offline_token=true`, { headers: basic });
  const { refresh_token } = await jsonIn(offline);

  const answer = await post(registry, { grant_type: 'refresh_token', refresh_token, scope });

  expect(await canStartUpload(registry, (await jsonIn(answer)).token)).toBe(true);
  const guess = { grant_type: 'refresh_token', refresh_token: 'guess', scope };
  expect((await post(registry, guess)).status).toBe(401);
});

test('a password grant gives a token, and a refresh token when asked', async () => {
  await using registry = await startRegistry({ auth });
  const form = { grant_type: 'password', username: 'ada', password: 'secret', scope };

  const answer = await post(registry, { ...form, access_type: 'offline' });

  expect(await jsonIn(answer)).toMatchObject({ refresh_token: expect.any(String) });
  expect((await post(registry, { ...form, password: 'guess' })).status).toBe(401);
  expect((await post(registry, { ...form, grant_type: 'other' })).status).toBe(401);
});

test('scopes may be many parameters or one with spaces', async () => {
  await using registry = await startRegistry({ auth });
  const others = ['repository:acme/other:pull', scope];

  for (const query of [
    others.map((each) => `scope=${each}`).join('&'),
    `scope=${others.join('+')}`,
  ]) {
    const answer = await fetch(`${registry.url}/token?${query}`, { headers: basic });

    expect(await canStartUpload(registry, (await jsonIn(answer)).token)).toBe(true);
  }
});

test('what is no scope grants nothing', async () => {
  await using registry = await startRegistry({ auth });

  const answer = await fetch(`${registry.url}/token?scope=registry:catalog:*`, { headers: basic });

  expect(await canStartUpload(registry, (await jsonIn(answer)).token)).toBe(false);
});

test('only a registry with tokens has a token endpoint', async () => {
  await using registry = await startRegistry();

  expect((await fetch(`${registry.url}/token`)).status).toBe(404);
});

test.each(['token', 'access_token'] as const)('a token may be named %s alone', async (name) => {
  await using registry = await startRegistry({ auth: { ...auth, tokenField: name } });

  const answer = await jsonIn(
    await fetch(`${registry.url}/token?scope=${scope}`, { headers: basic }),
  );

  expect(Object.keys(answer).filter((key) => key.endsWith('token'))).toEqual([name]);
  expect(await canStartUpload(registry, answer[name])).toBe(true);
});

test('a token endpoint may refuse the POST of a password, and take a GET', async () => {
  await using registry = await startRegistry({ auth: { ...auth, passwordGrantStatus: 404 } });

  const form = { grant_type: 'password', username: 'ada', password: 'secret', scope };
  const posted = await post(registry, form);
  const got = await fetch(`${registry.url}/token?scope=${scope}`, { headers: basic });

  expect([posted.status, got.status]).toEqual([404, 200]);
});
