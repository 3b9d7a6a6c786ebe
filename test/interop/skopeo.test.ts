import { join } from 'node:path';
import { openLayout, planArtifact, planLayout, planPushed, pushImage } from '@oci-matrix/core';
import { mediaTypes, type Platform, parseManifest } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { blobOf, imageFor, platformsOf } from './images.ts';
import { openRepository, publish } from './publish.ts';
import { startServer } from './servers/start-server.ts';
import { testWith } from './test-with.ts';
import { runTool, skopeo } from './tools.ts';

const tools = ['docker-registry', 'skopeo'] as const;
const plainHttp = '--tls-verify=false';
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
const riscv64 = { os: 'linux', architecture: 'riscv64' };

const imagesFor = (...platforms: readonly Platform[]) => platforms.map((each) => imageFor(each));

testWith(tools, 'the index that we publish is read as the bytes that we wrote', async () => {
  await using registry = await startServer('docker-registry');
  await using app = openRepository(registry.host);

  const published = await publish(app, imagesFor(amd64, arm64, riscv64));

  const raw = await skopeo('inspect', '--raw', plainHttp, `docker://${app.image}:latest`);
  expect(raw.toString()).toBe(new TextDecoder().decode(published.bytes));
});

testWith(tools, 'an index of ours is copied out and back without a change', async () => {
  await using registry = await startServer('docker-registry');
  await using folder = await temporaryDirectory('layout');
  await using app = openRepository(registry.host);
  await using copy = openRepository(registry.host, 'acme/copy');
  const layout = `oci:${join(folder.path, 'app')}:latest`;
  const { descriptor } = await publish(app, imagesFor(amd64, arm64, riscv64));

  await skopeo('copy', '--all', '--src-tls-verify=false', `docker://${app.image}:latest`, layout);
  await skopeo('copy', '--all', '--dest-tls-verify=false', layout, `docker://${copy.image}:back`);

  expect(await copy.repository.manifests.resolve('back')).toEqual(descriptor);
});

testWith(tools, 'each platform gets the image that was built for it', async () => {
  await using registry = await startServer('docker-registry');
  await using app = openRepository(registry.host);
  await publish(app, imagesFor(amd64, arm64, riscv64));
  const source = `docker://${app.image}:latest`;

  for (const { os, architecture } of [amd64, arm64, riscv64]) {
    const wanted = ['--override-os', os, '--override-arch', architecture];
    const printed = await runTool('skopeo', [...wanted, 'inspect', '--config', plainHttp, source]);
    const config: unknown = JSON.parse(printed.toString());

    expect(config).toMatchObject({
      architecture,
      config: { Labels: { platform: expect.stringContaining(`${os}/${architecture}`) } },
    });
  }
});

for (const [transport, name] of [
  ['oci', 'a layout'],
  ['oci-archive', 'an archive of a layout'],
] as const) {
  testWith(tools, `${name} that skopeo wrote is pushed and merged`, async () => {
    await using registry = await startServer('docker-registry');
    await using folder = await temporaryDirectory('layout');
    await using origin = openRepository(registry.host, 'acme/origin');
    await using app = openRepository(registry.host);
    const layout = `${transport}:${join(folder.path, 'image')}`;
    const [image] = imagesFor(riscv64);
    await publish(origin, imagesFor(riscv64));
    await publish(app, imagesFor(amd64, arm64));
    const wanted = ['--override-arch', 'riscv64', 'copy', '--src-tls-verify=false'];
    const args = ['--insecure-policy', ...wanted, `docker://${origin.image}`, layout];
    await runTool('skopeo', args);

    const plan = await planLayout(await openLayout(layout), undefined);
    const merged = await publish(app, [plan]);

    expect(plan.root).toEqual(image?.root);
    expect(platformsOf(merged.entries)).toEqual(['linux/amd64', 'linux/arm64', 'linux/riscv64']);
    expect(merged.changes.map(({ outcome }) => outcome).sort()).toEqual(['added', 'kept', 'kept']);
  });
}

testWith(tools, 'an image that skopeo pushed is merged by its digest', async () => {
  await using registry = await startServer('docker-registry');
  await using origin = openRepository(registry.host, 'acme/origin');
  await using app = openRepository(registry.host);
  await publish(origin, imagesFor(arm64));
  await publish(app, imagesFor(amd64));
  const ways = ['--src-tls-verify=false', '--dest-tls-verify=false', '--override-arch', 'arm64'];
  const [from, to] = [`docker://${origin.image}:latest`, `docker://${app.image}:from-skopeo`];
  await skopeo('copy', ...ways, from, to);
  const pushed = await app.repository.manifests.resolve('from-skopeo');
  if (pushed === undefined) throw new Error('skopeo did not push');

  const plan = await planPushed(app.repository, pushed.digest, undefined);
  const merged = await publish(app, [plan]);

  expect(platformsOf(merged.entries)).toEqual(['linux/amd64', 'linux/arm64']);
  expect(merged.entries.map(({ digest }) => digest)).toContain(pushed.digest);
});

testWith(tools, 'a manifest list of Docker is read, and written as an OCI index', async () => {
  await using registry = await startServer('docker-registry');
  await using origin = openRepository(registry.host, 'acme/origin');
  await using app = openRepository(registry.host);
  await publish(origin, imagesFor(amd64, arm64));
  const ways = ['--all', '--format', 'v2s2', '--src-tls-verify=false', '--dest-tls-verify=false'];
  await skopeo('copy', ...ways, `docker://${origin.image}:latest`, `docker://${app.image}:latest`);
  const before = await app.repository.manifests.resolve('latest');

  const merged = await publish(app, imagesFor(riscv64));

  const raw = await skopeo('inspect', '--raw', plainHttp, `docker://${app.image}:latest`);
  const read = parseManifest(raw, mediaTypes.imageIndex);
  expect(before?.mediaType).toBe(mediaTypes.dockerManifestList);
  expect(read.kind === 'index' && platformsOf(read.index.manifests)).toEqual(
    platformsOf(merged.entries),
  );
  expect(platformsOf(merged.entries)).toEqual(['linux/amd64', 'linux/arm64', 'linux/riscv64']);
});

testWith(tools, 'an artifact of files is read back with their media types', async () => {
  await using registry = await startServer('docker-registry');
  await using app = openRepository(registry.host);
  const file = (title: string, mediaType: string) => blobOf(Buffer.from(title), mediaType, title);
  const plan = planArtifact({
    blobs: [
      file('image.raw', 'application/io.gardenlinux.image.archive.format.raw'),
      file('image.manifest', 'application/io.gardenlinux.manifest'),
    ],
    present: [],
    artifactType: 'application/io.gardenlinux.image',
    annotations: { version: '1877.3' },
  });

  await pushImage({ repository: app.repository, plan, tags: ['kvm'] });

  const raw = await skopeo('inspect', '--raw', plainHttp, `docker://${app.image}:kvm`);
  expect(JSON.parse(raw.toString())).toMatchObject({
    mediaType: mediaTypes.imageManifest,
    artifactType: 'application/io.gardenlinux.image',
    annotations: { version: '1877.3' },
    layers: [
      { mediaType: 'application/io.gardenlinux.manifest', size: 'image.manifest'.length },
      { mediaType: 'application/io.gardenlinux.image.archive.format.raw' },
    ],
  });
});
