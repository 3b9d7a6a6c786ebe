import { parseManifest } from '@oci-matrix/oci';
import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageOf, linux, seed } from './content.ts';
import { faultsBy, push } from './pushed.ts';
import { writes } from './refusal.ts';

const files = { 'disk.raw': 'a disk', 'notes.txt': 'notes' };
const sources = 'disk.raw:application/vnd.acme.disk\nnotes.txt:text/plain';

test('the outputs say what was pushed', async () => {
  await using pushed = await push({
    files,
    with: { files: sources, platform: 'linux/arm/v7', 'artifact-type': 'application/vnd.acme' },
  });

  const { registry, result, image } = pushed;
  const [digest] = registry.manifests('acme/app');
  expect(result.outputs).toMatchObject({
    digest,
    reference: `${registry.host}/acme/app@${digest}`,
    uploaded: '3',
    present: '0',
    'bytes-uploaded': '13',
  });
  expect(Object.keys(result.outputs).sort()).toEqual(
    ['bytes-uploaded', 'descriptor', 'digest', 'present', 'record', 'reference', 'uploaded'].sort(),
  );
  expect(JSON.parse(result.outputs.descriptor ?? '')).toEqual({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.acme',
    digest,
    size: registry.manifest('acme/app', digest ?? '')?.bytes.byteLength,
    platform: { architecture: 'arm', os: 'linux', variant: 'v7' },
  });
  expect(image.artifactType).toBe('application/vnd.acme');
});

test('the record names the leg, travels by output and by artifact, and follows its schema', async () => {
  await using service = await startResultsService();

  await using pushed = await push({
    files,
    service,
    job: 'push',
    matrix: { flavor: 'kvm', arch: 'arm64' },
    strategy: { 'job-index': 3, 'job-total': 28 },
    attempt: 2,
    with: { files: sources, group: 'cloud', outputs: 'commit=abc\nurl=https://x/?a=b' },
  });

  const { record = '' } = pushed.result.outputs;
  expect(faultsBy('leg-record-v1.json', record)).toEqual([]);
  expect(JSON.parse(record)).toMatchObject({
    schema: 'oci-matrix/leg-record/v1',
    group: 'cloud',
    leg: expect.stringMatching(/^arm64-kvm-[0-9a-f]{8}$/),
    index: 3,
    total: 28,
    matrix: { flavor: 'kvm', arch: 'arm64' },
    outputs: { commit: 'abc', url: 'https://x/?a=b' },
    run: { attempt: 2, job: 'push', checkRunId: expect.stringMatching(/^\d+$/) },
  });
  expect(record).not.toContain(pushed.registry.host);
  expect(service.artifacts().map(({ name }) => name)).toEqual([
    expect.stringMatching(/^oci-matrix-cloud-arm64-kvm-[0-9a-f]{8}-[0-9a-f]+-a2$/),
  ]);
});

test.each([
  ['artifact', { output: false, artifacts: 1 }],
  ['output', { output: true, artifacts: 0 }],
  ['both', { output: true, artifacts: 1 }],
  ['none', { output: false, artifacts: 0 }],
])('a record by %j travels that way alone', async (record, expected) => {
  await using service = await startResultsService();

  await using pushed = await push({ files, service, with: { files: sources, record } });

  expect({
    output: pushed.result.outputs.record !== undefined,
    artifacts: service.artifacts().length,
  }).toEqual(expected);
});

test('a second push of the same writes nothing, and gives the same outputs', async () => {
  await using registry = await startRegistry();
  const options = { files, with: { files: sources, tags: '1.0', record: 'none' } };
  await using first = await push(options, registry);
  registry.clearRequests();

  await using second = await push(options, registry);

  expect(writes(registry)).toEqual([]);
  expect(second.result.outputs).toEqual({
    ...first.result.outputs,
    uploaded: '0',
    present: '3',
    'bytes-uploaded': '0',
  });
});

test('a dry run writes nothing, and gives the digest of the real one', async () => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;
  const inputs = { image, files: sources, tags: '1.0' };

  const dry = await act('push-manifest', { files, with: { ...inputs, 'dry-run': 'true' } });
  const written = writes(registry);
  const real = await act('push-manifest', { files, with: inputs });

  expect(written).toEqual([]);
  expect(dry.outputs.digest).toBe(real.outputs.digest);
  expect(dry.summary).toMatch(/\(dry run\)\n[\s\S]*Nothing was written; 3 blobs, 13 B in all/);
});

test('tags name the manifest, alone or as a whole reference', async () => {
  await using registry = await startRegistry();
  const tags = `1.0\n${registry.host}/acme/app:latest\n1.0`;

  await using pushed = await push({ files, with: { files: sources, tags } }, registry);

  expect(registry.tags('acme/app').toSorted()).toEqual(['1.0', 'latest']);
  expect(registry.manifest('acme/app', 'latest')?.digest).toBe(pushed.result.outputs.digest);
});

test('a manifest with a subject is among its referrers, with its annotations', async () => {
  await using registry = await startRegistry();
  const subject = imageOf(linux('amd64'));
  seed(registry, 'acme/app', subject, 'v1');

  await using pushed = await push(
    { files, with: { files: sources, subject: 'v1', annotations: 'org.acme.kind=notes' } },
    registry,
  );

  const { digest } = subject.descriptor;
  const response = await fetch(`${registry.url}/v2/acme/app/referrers/${digest}`);
  expect(await response.json()).toMatchObject({
    manifests: [
      { digest: pushed.result.outputs.digest, annotations: { 'org.acme.kind': 'notes' } },
    ],
  });
});

test('annotations go where their level says', async () => {
  const annotations = [
    'a=1=2, and more',
    'manifest:b=2',
    'manifest-descriptor:c=3',
    'manifest,manifest-descriptor:d=4',
    'manifest-descriptor[linux/arm64]:e=5',
    'manifest-descriptor[linux/amd64]:f=6',
    'index:g=7',
  ];

  await using pushed = await push({
    files,
    with: { files: sources, platform: 'linux/arm64', annotations: annotations.join('\n') },
  });

  const { result, image } = pushed;
  expect(image.annotations).toEqual({ a: '1=2, and more', b: '2', d: '4' });
  const { annotations: onEntry } = JSON.parse(result.outputs.descriptor ?? '');
  expect(onEntry).toEqual({ c: '3', d: '4', e: '5' });
  expect(result.annotations).toEqual([
    { level: 'notice', message: expect.stringMatching(/are for publish or update-index: g$/) },
  ]);
});

test('a manifest that another tool pushed is taken by its digest, and left as it is', async () => {
  await using registry = await startRegistry();
  const image = imageOf(linux('s390x'));
  seed(registry, 'acme/app', image);
  const { digest } = image.descriptor;

  const result = await act('push-manifest', {
    with: { image: `${registry.host}/acme/app`, digest, annotations: 'manifest-descriptor:a=b' },
  });

  expect(writes(registry)).toEqual([]);
  expect(JSON.parse(result.outputs.descriptor ?? '')).toEqual({
    ...image.descriptor,
    annotations: { a: 'b' },
  });
});

test('the manifest in the registry is what the specification calls one', async () => {
  await using pushed = await push({ files, with: { files: sources } });

  const found = pushed.registry.manifest('acme/app', pushed.result.outputs.digest ?? '');
  expect(found?.mediaType).toBe('application/vnd.oci.image.manifest.v1+json');
  expect(() => parseManifest(found?.bytes ?? new Uint8Array(), found?.mediaType)).not.toThrow();
  expect(pushed.image.config.mediaType).toBe('application/vnd.oci.empty.v1+json');
});
