import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { jsonIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage } from './sample.ts';

const profile = 'docker-hub';

test('a subject is acknowledged, and its referrers are nowhere', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('x'), size: 1 };

  const { answer } = await pushImage(login, 'v1', { subject });
  const referrers = await login.ask(`referrers/${subject.digest}`);

  expect(answer.headers.get('oci-subject')).toBe(subject.digest);
  expect(referrers.status).toBe(404);
});

test('anybody may pull, and not push', async () => {
  await using registry = await startRegistry({ profile });
  const { digest } = registry.seedBlob('acme/app', 'content');
  const scope = 'repository:acme/app:pull,push';
  const { token } = await jsonIn(await fetch(`${registry.url}/token?scope=${scope}`));
  const headers = { authorization: `Bearer ${token}` };
  const base = `${registry.url}/v2/acme/app/blobs`;

  const pulled = await fetch(`${base}/${digest}`, { headers });
  const pushed = await fetch(`${base}/uploads/`, { method: 'POST', headers });

  expect([pulled.status, pushed.status]).toEqual([200, 401]);
});
