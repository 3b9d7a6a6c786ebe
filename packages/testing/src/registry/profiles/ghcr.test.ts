import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { jsonIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage, startUpload } from './sample.ts';

const profile = 'ghcr';
const limit = 4 * 1024 * 1024;

test('4 MiB go in one chunk, and one byte more is a 416', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const patch = async (size: number) =>
    login.ask(await startUpload(login), {
      method: 'PATCH',
      headers: { 'content-range': `0-${size - 1}` },
      body: new Uint8Array(size),
    });

  expect((await patch(limit)).status).toBe(202);
  expect((await patch(limit + 1)).status).toBe(416);
});

test('there are no referrers, and no word of a subject', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('x'), size: 1 };

  const { answer } = await pushImage(login, 'v1', { subject });
  const referrers = await login.ask(`referrers/${subject.digest}`);

  expect(answer.headers.get('oci-subject')).toBeNull();
  expect([answer.status, referrers.status]).toEqual([201, 404]);
});

test('a tag that was just moved is where it was, and the digest is there at once', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const old = registry.seedManifest('acme/app', '{}', { tag: 'v1' });
  const { digest } = await pushImage(login, 'v1');

  const read = async (reference: string) =>
    (await login.ask(`manifests/${reference}`)).headers.get('docker-content-digest');

  expect(await read('v1')).toBe(old.digest);
  expect(await read(digest)).toBe(digest);
});

test('the challenge names ghcr.io, and the answer has a token by that name', async () => {
  await using registry = await startRegistry({ profile });
  const { url } = registry;

  const challenge = (await fetch(`${url}/v2/`)).headers.get('www-authenticate');
  const answer = await jsonIn(await fetch(`${url}/token?service=ghcr.io&scope=x`));

  expect(challenge).toBe(`Bearer realm="${url}/token",service="ghcr.io"`);
  expect(answer).toMatchObject({ token: expect.any(String) });
  expect(answer).not.toHaveProperty('access_token');
});

test('a GitHub token in base64 is a bearer token already', async () => {
  await using registry = await startRegistry({ profile });
  const blob = `${registry.url}/v2/acme/app/blobs/${digestOf('content')}`;
  registry.seedBlob('acme/app', 'content');

  const ask = async (token: string) =>
    (await fetch(blob, { headers: { authorization: `Bearer ${btoa(token)}` } })).status;

  expect([await ask('secret'), await ask('guess')]).toEqual([200, 401]);
});
