import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { refusalOf } from './refusal.ts';
import { digestsOf, indexAt, legsOf, repository, update } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];

test('F25: annotations go on the index, whatever level metadata-action prints by default', async () => {
  await using registry = await startRegistry();
  const annotations = [
    'manifest:org.opencontainers.image.title=App',
    'org.opencontainers.image.version=1.0',
    'index:org.opencontainers.image.description=a=b, c',
  ];
  const records = legsOf(registry, [amd64, arm64]);

  await update(registry, { records, annotations: annotations.join('\n') });

  const index = indexAt(registry, '1.0');
  expect(index.annotations).toEqual({
    'org.opencontainers.image.title': 'App',
    'org.opencontainers.image.version': '1.0',
    'org.opencontainers.image.description': 'a=b, c',
  });
  expect(index.manifests.map((entry) => entry.annotations)).toEqual([undefined, undefined]);
});

test('of one key at several levels the one for the index wins', async () => {
  await using registry = await startRegistry();
  const annotations = 'index:a=for the index\nmanifest:a=for the manifest\na=for whatever';

  await update(registry, { records: legsOf(registry, [amd64]), annotations });

  expect(indexAt(registry, '1.0').annotations).toEqual({ a: 'for the index' });
});

test('annotations of entries go on all of ours, or on those of one platform', async () => {
  await using registry = await startRegistry();
  const foreign = artifactOf('application/vnd.other', 'not ours');
  seed(registry, repository, indexOf([foreign]), '1.0');
  const annotations = 'manifest-descriptor:all=1\nindex,manifest-descriptor[linux/arm64/v8]:one=2';

  await update(registry, { records: legsOf(registry, [amd64, arm64]), annotations });

  const index = indexAt(registry, '1.0');
  expect(index.annotations).toEqual({ one: '2' });
  expect(index.manifests.map((entry) => entry.annotations)).toEqual([
    undefined,
    { all: '1' },
    { all: '1', one: '2' },
  ]);
});

test('the annotations that an index has already stay, and ours come to them', async () => {
  await using registry = await startRegistry();
  const annotations = { 'org.acme.kept': 'yes', 'org.acme.version': '1' };
  seed(registry, repository, indexOf([amd64], { annotations }), '1.0');

  await update(registry, { records: legsOf(registry, [arm64]), annotations: 'org.acme.version=2' });

  expect(indexAt(registry, '1.0').annotations).toEqual({
    'org.acme.kept': 'yes',
    'org.acme.version': '2',
  });
});

test('an index has an artifact type and a subject when they are given', async () => {
  await using registry = await startRegistry();
  const subject = imageOf(linux('s390x'), 9);
  seed(registry, repository, subject, 'about');
  const records = legsOf(registry, [amd64]);

  const { outputs } = await update(registry, {
    records,
    subject: 'about',
    'artifact-type': 'application/vnd.acme.release',
  });

  expect(indexAt(registry, '1.0')).toMatchObject({
    artifactType: 'application/vnd.acme.release',
    subject: { digest: subject.descriptor.digest },
  });
  const [about] = digestsOf(subject);
  const referrers = await fetch(`${registry.url}/v2/${repository}/referrers/${about}`);
  expect(await referrers.json()).toMatchObject({ manifests: [{ digest: outputs.digest }] });
});

test('an annotation for a platform that no leg has is refused', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64]);

  const result = await update(registry, {
    records,
    annotations: 'manifest-descriptor[linux/s390x]:a=b',
  });

  expect(refusalOf(result, registry)).toEqual({
    code: 'ANNOTATION_INVALID',
    what: 'the annotation a is for linux/s390x, and no leg gives an entry of that platform',
    hint: expect.stringMatching(/^Correct the platform in the brackets/),
  });
});
