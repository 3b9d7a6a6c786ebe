import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { startRegistry } from '../start-registry.ts';
import { imageOf, logIn, pushImage } from './sample.ts';

const profile = 'olareg';

test('one PUT moves many tags', async () => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const digest = digestOf(JSON.stringify(imageOf('{}', 'layer')));

  const { answer } = await pushImage(login, `${digest}?tag=v1&tag=v2`);

  expect(answer.headers.get('oci-tag')).toBe('v1, v2');
  expect(registry.tags('acme/app')).toEqual(['v1', 'v2']);
});

test.each(['sha256', 'sha512'] as const)('a blob by %s goes in one POST', async (algorithm) => {
  await using registry = await startRegistry({ profile });
  const login = await logIn(registry, 'acme/app');
  const digest = digestOf('content', algorithm);

  const answer = await login.ask(`blobs/uploads/?digest=${digest}`, {
    method: 'POST',
    body: 'content',
  });

  expect(answer.status).toBe(201);
  expect(registry.blobs('acme/app')).toEqual([digest]);
});
