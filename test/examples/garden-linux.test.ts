import { elementSources, memberSources, parseDescriptor } from '@oci-matrix/oci';
import { type Registry, type Run, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { manifestAt, publishedAt, writesTo } from '../flows/kit/published.ts';
import { repository } from '../flows/kit/run.ts';
import { seedContainerImages } from './container-images.ts';
import { cnames, commit, filesOf, typeOf, version } from './garden-linux.ts';
import { runExample } from './run-example.ts';

test('a release of 28 targets stands behind the container images of another tool', {
  timeout: 180_000,
}, async () => {
  await using registry = await startRegistry();
  const foreign = seedContainerImages(registry, repository, version);

  await using run = await runExample(registry, 'garden-linux');
  const published = publishedAt(registry, repository, version);
  const artifacts = run.artifacts();
  registry.clearRequests();
  await using again = await runExample(registry, 'garden-linux', { seed: 9 });

  expect([run.conclusion, again.conclusion]).toEqual(['success', 'success']);
  expect(artifacts).toHaveLength(28);
  expect(registry.tags(repository)).toEqual([version, 'latest']);
  expectEntries(published?.text ?? '', foreign);
  for (const cname of cnames) expectManifest(registry, cname);
  expectEarlyBlobs(run);
  expect(writesTo(registry)).toEqual([]);
  expect(publishedAt(registry, repository, 'latest')).toEqual(published);
});

/** The foreign entries come first and have the bytes that they had; then every target, in order. */
function expectEntries(text: string, foreign: readonly string[]): void {
  const sources = elementSources(memberSources(text).get('manifests') ?? '[]');
  const own = sources.slice(2).map((source) => parseDescriptor(JSON.parse(source)));

  expect(sources.slice(0, 2)).toEqual(foreign);
  expect(own.map(({ annotations }) => annotations?.cname)).toEqual(cnames);
  expect(own.map(({ platform }) => platform)).toEqual(
    cnames.map((cname) => ({
      ...{ os: 'gardenlinux', 'os.version': version },
      architecture: cname.includes('-amd64-') ? 'amd64' : 'arm64',
    })),
  );
}

/** A manifest has every file of its target, sorted by title and under the right media type. */
function expectManifest(registry: Registry, cname: string): void {
  const entry = publishedAt(registry, repository, version)?.index.manifests.find(
    ({ annotations }) => annotations?.cname === cname,
  );
  const { artifactType, annotations, layers } = manifestAt(
    registry,
    repository,
    entry?.digest ?? '',
  );
  const titles = layers.map((layer) => layer.annotations?.['org.opencontainers.image.title'] ?? '');

  expect(artifactType).toBe('application/io.gardenlinux.image');
  expect(annotations).toMatchObject({ version, commit, cname });
  expect(titles).toEqual(filesOf(cname));
  expect(layers.map(({ mediaType }) => mediaType)).toEqual(titles.map(typeOf));
}

/** The leg of azure on amd64 uploads nothing: its manifest names the blobs of the job before. */
function expectEarlyBlobs(run: Run): void {
  const leg = run.job('push (azure, amd64)').steps.at(-1)?.outputs;

  expect(JSON.parse(run.job('azure-blobs').outputs.descriptors ?? '[]')).toHaveLength(12);
  expect(leg).toMatchObject({ uploaded: '0', 'bytes-uploaded': '0' });
}
