import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { seedImage } from '../test-kit/seeds.ts';
import { openRepository } from '../test-kit/test-repository.ts';
import { resolveToSign } from './resolve-to-sign.ts';

test('a tag is asked for once, and a digest is what it is', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  const { digest } = seedImage(registry, 'linux/amd64', { tag: '1.0' });

  expect(await resolveToSign(opened.repository, '1.0')).toBe(digest);
  expect(await resolveToSign(opened.repository, digest)).toBe(digest);
  expect(registry.requests()).toHaveLength(1);
});

test('a tag that is not there, or none at all, is refused', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);

  const absent = resolveToSign(opened.repository, '1.0');
  await expect(absent).rejects.toMatchObject({ code: 'MANIFEST_UNKNOWN' });
  const malformed = resolveToSign(opened.repository, '../1.0');
  await expect(malformed).rejects.toMatchObject({ code: 'INVALID_REFERENCE' });
});
