import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { startRegistry } from '../start-registry.ts';
import { logIn } from './sample.ts';

const profile = 'artifactory';

test.each(['manifests/v1', `blobs/${digestOf('content')}`])(
  '%s is forbidden rather than absent',
  async (path) => {
    await using registry = await startRegistry({ profile });
    const login = await logIn(registry, 'acme/app');

    const before = await login.ask(path, { method: 'HEAD' });

    expect(before.status).toBe(403);
  },
);

test('a mount is an upload, and yet the blob is there already', async () => {
  await using registry = await startRegistry({ profile });
  const { digest } = registry.seedBlob('acme/base', 'content');
  const login = await logIn(registry, 'acme/app', 'acme/base');
  const post = (query: string) => login.ask(`blobs/uploads/?${query}`, { method: 'POST' });

  const mounted = [await post(`mount=${digest}&from=acme/base`), await post(`mount=${digest}`)];
  const shown = await login.ask(`blobs/${digest}`, { method: 'HEAD' });

  expect(mounted.map(({ status }) => status)).toEqual([202, 202]);
  expect(shown.status).toBe(200);
});

test('the token endpoint answers 401 to the POST of a password', async () => {
  await using registry = await startRegistry({ profile });
  const form = { grant_type: 'password', username: 'ada', password: 'secret' };

  const answer = await fetch(`${registry.url}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });

  expect(answer.status).toBe(401);
});
