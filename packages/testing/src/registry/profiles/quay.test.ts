import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { imageOf, logIn, pushBlob, pushManifest } from './sample.ts';

const profile = 'quay';

test.each([mediaTypes.empty, 'application/vnd.acme.config'])(
  'a manifest with a config of type %s is refused',
  async (mediaType) => {
    await using registry = await startRegistry({ profile });
    const login = await logIn(registry, 'acme/app');
    for (const content of ['{}', 'layer']) await pushBlob(login, content);
    const image = imageOf('{}', 'layer');

    const { answer } = await pushManifest(login, 'v1', {
      ...image,
      config: { ...image.config, mediaType },
    });

    expect(answer.status).toBe(400);
    expect(await codesIn(answer)).toEqual(['MANIFEST_INVALID']);
  },
);

test('a mount needs a source, and a whole blob goes in one POST', async () => {
  await using registry = await startRegistry({ profile });
  registry.seedBlob('acme/base', 'content');
  const login = await logIn(registry, 'acme/app');
  const post = (query: string, body = '') =>
    login.ask(`blobs/uploads/?${query}`, { method: 'POST', body });

  const mounted = await post(`mount=${digestOf('content')}`);
  const pushed = await post(`digest=${digestOf('content')}`, 'content');

  expect([mounted.status, pushed.status]).toEqual([202, 201]);
});
