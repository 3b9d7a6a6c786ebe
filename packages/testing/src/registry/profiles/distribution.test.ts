import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage, pushManifest } from './sample.ts';

const profile = 'distribution';

test('a missing subject and a missing child are refused', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const missing = { mediaType: mediaTypes.imageManifest, digest: digestOf('x'), size: 1 };

  const { answer: image } = await pushImage(login, 'v1', { subject: missing });
  const mediaType = mediaTypes.imageIndex;
  const index = { schemaVersion: 2, mediaType, manifests: [missing] };
  const { answer } = await pushManifest(login, 'v1', index);

  expect([image.status, answer.status]).toEqual([400, 400]);
  expect(await codesIn(answer)).toEqual(['MANIFEST_BLOB_UNKNOWN']);
});

test('neither a whole POST, nor a mount without a source, nor a tag in the query works', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const { digest } = registry.seedBlob('acme/base', 'content');
  const post = (query: string) => login.ask(`blobs/uploads/?${query}`, { method: 'POST' });

  const started = [await post(`digest=${digest}`), await post(`mount=${digest}`)];
  const mounted = await post(`mount=${digest}&from=acme/base`);
  const { digest: pushed } = await pushImage(login, 'v1');
  await pushImage(login, `${pushed}?tag=v2`);

  expect([...started, mounted].map(({ status }) => status)).toEqual([202, 202, 201]);
  expect(registry.tags('acme/app')).toEqual(['v1']);
});

test('an OCI manifest is there for those alone who accept one', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  await pushImage(login, 'v1');
  const get = async (accept: string) =>
    (await login.ask('manifests/v1', { headers: { accept } })).status;

  expect(await get(mediaTypes.dockerManifest)).toBe(404);
  expect(await get(mediaTypes.imageManifest)).toBe(200);
});
