import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { type Refusal, refusalOf } from './refusal.ts';

const absent = `sha256:${'a'.repeat(64)}`;
const imageConfig = 'application/vnd.oci.image.config.v1+json';

const files = {
  'a.bin': 'a',
  'b.bin': 'b',
  'dir/c.bin': 'c',
  'layer.tar': '',
  'config.json': '{"os":"linux","architecture":"amd64"}',
};

interface Given {
  readonly image?: string;
  readonly with?: Readonly<Record<string, string>>;
}

async function refusalOfPush({ image, with: given = {} }: Given): Promise<Refusal> {
  await using registry = await startRegistry();
  const inputs = { image: image ?? `${registry.host}/acme/app`, ...given };

  const result = await act('push-manifest', { files, with: inputs });

  return refusalOf(result, registry);
}

test.each([
  [
    'without a source',
    {},
    /^input "files": no source was given$/,
    /exactly one of files, descriptors, source and digest\.$/,
  ],
  [
    'with two sources',
    { files: 'a.bin:a/b', digest: absent },
    /^input "files": there are 2 sources: files, digest$/,
    /exactly one of files, descriptors, source and digest\.$/,
  ],
  [
    'of a file that does not exist',
    { files: 'no.bin:a/b' },
    /^input "files": no file matches "no\.bin:a\/b"$/,
    /^Check the path, which starts at the workspace/,
  ],
  [
    'of a pattern that matches nothing',
    { files: 'a.bin:a/b\n*.iso:a/b' },
    /^input "files": no file matches "\*\.iso:a\/b"$/,
    /a step before this one makes the file\.$/,
  ],
  [
    'of files that are all excluded again',
    { files: 'a.bin:a/b\n!*.bin' },
    /^input "files": .*exclude/,
    /./,
  ],
  ['of a folder', { files: 'dir' }, /^input "files": "dir" is a directory$/, /^Write "dir\/\*\*"/],
  [
    'of a folder with a media type',
    { files: 'dir:a/b' },
    /^input "files": "dir:a\/b" is a directory$/,
    /^Write "dir\/\*\*:a\/b"/,
  ],
  [
    'of one file with two media types',
    { files: 'a.bin:a/b\na.bin:a/c' },
    /^input "files": ".*a\.bin" has two media types, a\/b and a\/c$/,
    /^Give each file one media type/,
  ],
  [
    'of a platform without an architecture',
    { files: 'a.bin:a/b', platform: 'linux' },
    /^input "platform": not a platform: "linux"/,
    /e\.g\. linux\/amd64/,
  ],
  [
    'of an annotation without a value',
    { files: 'a.bin:a/b', annotations: 'org.example' },
    /^input "annotations": annotation "org\.example" is not key=value$/,
    /^Write one a line, e\.g\. org\.opencontainers/,
  ],
  [
    'of an annotation for a level that does not exist here',
    { files: 'a.bin:a/b', annotations: 'index-descriptor:a=b' },
    /^input "annotations": annotation "index-descriptor:a=b"/,
    /^Use index:, manifest: or manifest-descriptor:/,
  ],
  [
    'with a media type for no suffix',
    { files: 'a.bin:a/b', 'media-types': 'application/gzip' },
    /^input "media-types": .*"application\/gzip"$/,
    /^Write suffix=type\/subtype, one a line/,
  ],
  [
    'with an artifact type that is no media type',
    { files: 'a.bin:a/b', 'artifact-type': 'disk' },
    /^input "artifact-type": "disk" is not a media type$/,
    /^Write type\/subtype, e\.g\. application\/vnd/,
  ],
  [
    'with descriptors that are not JSON',
    { descriptors: '[{' },
    /^input "descriptors": "\[\{" is not JSON$/,
    /^Set "descriptors" to JSON/,
  ],
  [
    'with descriptors that name no digest',
    { descriptors: '[{"mediaType":"a/b","size":1}]' },
    /^input "descriptors": is no list of descriptors: .*\$\[0\]\.digest/,
    /^Pass on the "descriptors" output of push-blobs/,
  ],
  [
    'of a tag that is none',
    { files: 'a.bin:a/b', tags: '1.0\nnot a tag' },
    /^input "tags": "not a tag" is not a tag$/,
    /^Write 1 to 128 letters/,
  ],
  [
    'of a tag of another image',
    { files: 'a.bin:a/b', tags: 'ghcr.io/other/app:1.0' },
    /^ghcr\.io\/other\/app:1\.0 in tags is not of the image 127\./,
    /^Name the same image in image and tags/,
  ],
  [
    'about a subject that is neither a digest nor a tag',
    { files: 'a.bin:a/b', subject: 'sha256:12' },
    /^input "subject": "sha256:12" is neither a digest nor a tag$/,
    /^Write a digest, sha256:…, or a tag/,
  ],
  [
    'of a digest that is none',
    { digest: 'sha256:12' },
    /^input "digest": not a digest: "sha256:12"$/,
    /64 lowercase hex digits\.$/,
  ],
  [
    'with a config that has no media type',
    { files: 'a.bin:a/b', config: 'config.json' },
    /^input "config": "config\.json" has no media type$/,
    /^Write path:type\/subtype of one file/,
  ],
  [
    'with a pattern for a config that names several files',
    { files: 'a.bin:a/b', config: '*.bin:a/b' },
    /^input "config": "\*\.bin:a\/b" names 2 files$/,
    /^Write path:type\/subtype of one file/,
  ],
  [
    'from a source of another kind',
    { source: 'docker-daemon:app' },
    /^source "docker-daemon:app" is of no kind we know$/,
    /^Write oci:DIRECTORY .*, or docker:\/\/REFERENCE/,
  ],
  [
    'with outputs that are no pairs',
    { files: 'a.bin:a/b', outputs: 'just words' },
    /^input "outputs": .*"just words" is not key=value$/,
    /^Write key=value, one a line/,
  ],
  [
    'with a way for the record that does not exist',
    { files: 'a.bin:a/b', record: 'pigeon' },
    /^input "record": "pigeon" is no choice$/,
    /^Set "record" to one of: artifact, output, both, none\.$/,
  ],
  [
    'with a user name and no password',
    { files: 'a.bin:a/b', username: 'octo' },
    /^username was given without password$/,
    /^Give both, or neither/,
  ],
])('a push %s is refused, and says how to do it', async (_, given, what, hint) => {
  const refusal = await refusalOfPush({ with: given });

  expect(refusal).toEqual({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
    hint: expect.stringMatching(hint),
  });
});

test.each([
  ['', /^input "image": is required/],
  ['127.0.0.1:1/acme/app:1.0', /^input "image": .*must not have a tag/],
  ['https://127.0.0.1:1/acme/app', /^input "image": not a reference/],
  ['127.0.0.1:1/acme/spaced out', /^input "image": not a reference/],
  ['ghcr.io', /^input "image": "ghcr\.io" does not have both a registry and a repository$/],
])('the image %j is refused before anybody is asked', async (image, what) => {
  const refusal = await refusalOfPush({ image, with: { files: 'a.bin:a/b' } });

  expect(refusal).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
    hint: expect.stringMatching(/registry\/repository|"image"/),
  });
});

test('all wrong inputs are named at once', async () => {
  const { what } = await refusalOfPush({ with: { platform: 'x', 'artifact-type': 'y' } });

  expect(what).toMatch(/^2 inputs are wrong: input "platform": .*; input "artifact-type": /);
});

test.each([
  [
    'an output',
    { outputs: `log=${'x'.repeat(70_000)}` },
    /^the record of leg job .*outputs\.log: /,
  ],
  ['a name', { leg: 'x'.repeat(601) }, /^the record of leg x+ .*: leg: /],
])('a push with %s that no record can carry is refused', async (_, given, what) => {
  const refusal = await refusalOfPush({ with: { files: 'a.bin:a/b', ...given } });

  expect(refusal).toMatchObject({ code: 'RECORD_INVALID', what: expect.stringMatching(what) });
});

test('a container image with layers that no runtime unpacks is refused', async () => {
  const given = { files: 'a.bin:application/gzip', config: `config.json:${imageConfig}` };

  const refusal = await refusalOfPush({ with: given });

  expect(refusal).toEqual({
    code: 'LAYER_NOT_RUNNABLE',
    what: expect.stringMatching(/the layer a\.bin is of type application\/gzip/),
    hint: expect.stringMatching(/"artifact-type".*application\/vnd\.oci\.image\.layer/),
  });
});

test('a platform that contradicts the config is refused', async () => {
  const refusal = await refusalOfPush({
    with: {
      files: 'layer.tar:application/vnd.oci.image.layer.v1.tar',
      config: `config.json:${imageConfig}`,
      platform: 'linux/arm64',
    },
  });

  expect(refusal).toEqual({
    code: 'PLATFORM_MISMATCH',
    what: 'the platform given is linux/arm64, but the image config says linux/amd64',
    hint: expect.stringMatching(/leave "platform" out/),
  });
});
