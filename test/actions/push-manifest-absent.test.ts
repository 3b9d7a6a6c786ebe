import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { artifactOf, imageOf, linux, seed } from './content.ts';
import { refusalOf } from './refusal.ts';

const absent = `sha256:${'a'.repeat(64)}`;
const files = { 'a.bin': 'a' };

test('a digest that the registry does not have is refused', async () => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;

  const result = await act('push-manifest', { with: { image, digest: absent } });

  expect(refusalOf(result, registry)).toEqual({
    code: 'MANIFEST_UNKNOWN',
    what: `${image} has no manifest ${absent}`,
    hint: expect.stringMatching(/^Push it to this image first/),
  });
});

test('a digest whose platform is another is refused', async () => {
  await using registry = await startRegistry();
  const image = imageOf(linux('amd64'));
  seed(registry, 'acme/app', image);

  const result = await act('push-manifest', {
    with: {
      image: `${registry.host}/acme/app`,
      digest: image.descriptor.digest,
      platform: 'linux/arm64',
    },
  });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'PLATFORM_MISMATCH',
    what: 'the platform given is linux/arm64, but the image config says linux/amd64',
  });
});

test.each([absent, 'v1'])('a subject %s that is not there is refused', async (subject) => {
  await using registry = await startRegistry();

  const result = await act('push-manifest', {
    files,
    with: { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', subject },
  });

  expect(refusalOf(result, registry)).toEqual({
    code: 'MANIFEST_UNKNOWN',
    what: `the subject ${subject} is not in ${registry.host}/acme/app`,
    hint: expect.stringMatching(/^Push the subject to this image first/),
  });
});

test('descriptors of blobs that are not there are named, and no manifest is pushed', async () => {
  await using registry = await startRegistry();
  const present = registry.seedBlob('acme/app', 'present');
  const missing = { mediaType: 'a/b', digest: absent, size: 7 };

  const result = await act('push-manifest', {
    with: {
      image: `${registry.host}/acme/app`,
      descriptors: JSON.stringify([present, missing]),
    },
  });

  expect(refusalOf(result, registry)).toEqual({
    code: 'BLOB_UNKNOWN',
    what: expect.stringMatching(new RegExp(`^1 of the descriptors .*: ${absent}$`)),
    hint: expect.stringMatching(/^Push them with push-blobs/),
  });
});

test.each([
  [401, 'NO_CREDENTIALS', /asks for credentials, and there are none$/, /^Log in|"username"/],
  [403, 'DENIED', /^GET http:.*: DENIED: /, /^Give .* (?:access|right) to/],
])('a %s is not taken for "not there"', async (status, code, what, hint) => {
  await using registry = await startRegistry();
  const { digest } = artifactOf('text/x', 'a').descriptor;
  registry.fail('*', /manifests/, { status, times: 100 });

  const result = await act('push-manifest', {
    files,
    with: { image: `${registry.host}/acme/app`, files: 'a.bin:a/b', subject: digest },
  });

  expect(refusalOf(result, registry)).toEqual({
    code,
    what: expect.stringMatching(what),
    hint: expect.stringMatching(hint),
  });
});

test('an annotation for the manifest of one platform is refused, not lost', async () => {
  await using registry = await startRegistry();

  const result = await act('push-manifest', {
    files,
    with: {
      image: `${registry.host}/acme/app`,
      files: 'a.bin:a/b',
      annotations: 'manifest[linux/arm64]:a=b',
    },
  });

  expect(refusalOf(result, registry)).toEqual({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(/^input "annotations": .*manifest cannot be for one platform$/),
    hint: expect.stringMatching(/^Write manifest-descriptor\[/),
  });
});
