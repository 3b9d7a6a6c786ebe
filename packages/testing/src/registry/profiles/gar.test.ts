import { expect, test } from 'vitest';
import { locationIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage, startUpload } from './sample.ts';

const profile = 'gar';

test('a chunk is refused, and a stream is not', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const patch = async (headers: Record<string, string>) =>
    login.ask(await startUpload(login), { method: 'PATCH', headers, body: 'content' });

  const [chunk, stream] = [await patch({ 'content-range': '0-6' }), await patch({})];

  expect([chunk.status, stream.status]).toEqual([400, 202]);
  expect(locationIn(stream).pathname).toMatch(/^\/v2\/acme\/app\/blobs\/uploads\//);
});

test('there are referrers', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const { digest } = await pushImage(login, 'v1');

  expect((await login.ask(`referrers/${digest}`)).status).toBe(200);
});

test('the token endpoint knows no POST of a password', async () => {
  await using registry = await startRegistry({ profile });
  const body = new URLSearchParams({ grant_type: 'password', username: 'oauth2accesstoken' });

  expect((await fetch(`${registry.url}/token`, { method: 'POST', body })).status).toBe(404);
});
