import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { startRegistry } from '../start-registry.ts';
import { profileNames } from './profiles.ts';
import { imageOf, logIn, pushImage } from './sample.ts';

test.each(profileNames)('%s takes an image of two blobs, and gives it back', async (profile) => {
  await using registry = await startRegistry({ profile, repositories: ['acme/app'] });
  const login = await logIn(registry, 'acme/app');
  const read = async (path: string) =>
    (await login.ask(path, { headers: { accept: mediaTypes.imageManifest } })).text();

  const { digest } = await pushImage(login, 'v1');

  expect(await read(`manifests/${digest}`)).toBe(JSON.stringify(imageOf('{}', 'layer')));
  expect(await read(`blobs/${digestOf('{}')}`)).toBe('{}');
  expect(await read(`blobs/${digestOf('layer')}`)).toBe('layer');
  expect(registry.tags('acme/app')).toEqual(['v1']);
  expect(registry.statistics().byKind).toMatchObject({ 'POST upload': 2, 'PUT upload': 2 });
});

test('what is given goes before what the profile says', async () => {
  await using registry = await startRegistry({
    profile: 'ghcr',
    auth: { kind: 'none' },
    capabilities: { referrers: true },
  });
  const subject = digestOf('subject');

  const answer = await fetch(`${registry.url}/v2/acme/app/referrers/${subject}`);

  expect(answer.status).toBe(200);
  expect(registry.auth).toEqual({ kind: 'none' });
});
