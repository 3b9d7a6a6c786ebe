import { expect, test } from 'vitest';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage } from './sample.ts';

const profile = 'gitlab';

test('the tag that stands for the referrers of a digest is the digest itself', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const { digest } = await pushImage(login, 'v1');

  const referrers = await login.ask(`referrers/${digest}`);
  const fallback = await login.ask(`manifests/${digest.replace(':', '-')}`);

  expect([referrers.status, fallback.status]).toEqual([404, 200]);
  expect(fallback.headers.get('docker-content-digest')).toBe(digest);
});

test('a token ends after five minutes', async () => {
  await using registry = await startRegistry({ profile });
  const authorization = `Basic ${btoa('ada:secret')}`;

  const answer = await fetch(`${registry.url}/token`, { headers: { authorization } });

  expect(await answer.json()).toMatchObject({ expires_in: 300 });
});
