import { planArtifact, pushImage, pushOlderApp } from '@oci-matrix/core';
import { canonicalBytes, descriptorOf, mediaTypes } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { serverNames } from './servers/start-server.ts';
import { openStage } from './stage.ts';
import { testWith } from './test-with.ts';

const title = 'org.opencontainers.image.title';

/** A file of an App. */
function fileOf(name: string, text: string) {
  const bytes = new TextEncoder().encode(text);
  const annotations = { [title]: name };
  return {
    descriptor: descriptorOf(bytes, mediaTypes.octetStream, { annotations }),
    source: {
      async *open() {
        yield bytes;
      },
    },
  };
}

const app = {
  blobs: [fileOf('app.tgz', 'the App'), fileOf('layers_meta.json', '{}')],
  present: [],
  artifactType: 'application/vnd.fio+compose-app',
  annotations: { 'compose-app': 'v1' },
  titledAnnotations: new Map([['layers_meta.json', { 'layers-meta': 'v1' }]]),
};

/** What the older form of an App lists for an architecture. */
const platform = { architecture: 'amd64', os: '' };
const list = canonicalBytes({
  ...{ schemaVersion: 2, mediaType: mediaTypes.imageIndex, platform, layers: [] },
  annotations: { 'compose-app-layers': 'v1' },
});
const layersManifests = [
  { descriptor: descriptorOf(list, mediaTypes.imageIndex, { platform }), bytes: list },
];

for (const server of serverNames) {
  testWith([server], 'an App is there as it was pushed', async () => {
    await using stage = await openStage(server);
    const { repository } = stage.app;
    const plan = planArtifact(app);

    await pushImage({ repository, plan, tags: ['app-1'] });

    const found = await repository.manifests.fetch('app-1');
    expect(found?.descriptor.digest).toBe(plan.root.digest);
    expect(found?.manifest).toMatchObject({
      image: { layers: [{}, { annotations: { 'layers-meta': 'v1' } }] },
    });
  });
}

for (const server of ['docker-registry', 'distribution'] as const) {
  testWith([server], 'an App of the older form is refused', async () => {
    await using stage = await openStage(server);
    const plan = planArtifact({ ...app, layersManifests });

    const pushing = pushOlderApp({ repository: stage.app.repository, plan, tags: ['app-1'] });

    await expect(pushing).rejects.toMatchObject({ code: 'APP_REFUSED' });
    expect(await stage.app.repository.manifests.resolve('app-1')).toBeUndefined();
  });
}
