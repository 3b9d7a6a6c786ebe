import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage } from './sample.ts';

const profile = 'harbor';

test('moving an immutable tag is a 412 that has nothing to do with If-Match', async () => {
  await using registry = await startRegistry({ profile, capabilities: { immutableTags: true } });
  const login = await logIn(registry, 'acme/app');
  await pushImage(login, 'v1');

  const { answer } = await pushImage(login, 'v1', { annotations: { a: 'b' } });

  expect(answer.status).toBe(412);
  expect(await codesIn(answer)).toEqual(['PRECONDITION']);
});

test('a subject is acknowledged, and has its referrers', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('x'), size: 1 };

  const { answer, digest } = await pushImage(login, 'v1', { subject });
  const referrers = await login.ask(`referrers/${subject.digest}`);

  expect(answer.headers.get('oci-subject')).toBe(subject.digest);
  expect(await referrers.json()).toMatchObject({ manifests: [{ digest }] });
});
