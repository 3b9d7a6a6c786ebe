import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planPushed } from '@oci-matrix/core';
import { expect } from 'vitest';
import { platformsOf } from './images.ts';
import { openPeers } from './peers/open-peers.ts';
import { publish } from './publish.ts';
import { serverNames } from './servers/start-server.ts';
import { openStage } from './stage.ts';
import { testWith } from './test-with.ts';
import { amd64, arm64, riscv64 } from './theirs.ts';

const sbom = 'application/vnd.acme.sbom';

for (const server of serverNames) {
  testWith([server, 'crane'], 'an image of its making gets a place in our index', async () => {
    await using stage = await openStage(server);
    await using peers = await openPeers(stage.host);
    const { app } = stage;
    // An archive without a file in it.
    const archive = join(peers.folder, 'layer.tar');
    await writeFile(archive, Buffer.alloc(1024));
    await peers.crane.append(`${app.image}:made`, archive);
    const made = await app.repository.manifests.resolve('made');
    const platform = { os: 'linux', architecture: 's390x' };

    if (made === undefined) throw new Error('crane made no image');
    const plan = await planPushed(app.repository, made.digest, platform);
    const merged = await publish(app, [amd64, plan]);

    expect(platformsOf(merged.entries)).toEqual(['linux/amd64', 'linux/s390x']);
    expect(merged.entries.map(({ digest }) => digest)).toContain(made.digest);
  });

  testWith([server, 'crane'], 'an index of ours survives a layout of its making', async () => {
    await using stage = await openStage(server);
    await using peers = await openPeers(stage.host);
    const copy = stage.open('acme/copy');
    const { descriptor } = await publish(stage.app, [amd64, arm64, riscv64]);
    const layout = join(peers.folder, 'layout');

    await peers.crane.throughLayout(`${stage.app.image}:latest`, layout, `${copy.image}:back`);

    expect(await copy.repository.manifests.resolve('back')).toEqual(descriptor);
  });

  testWith([server, 'oras'], 'files that it pushed are read by us', async () => {
    await using stage = await openStage(server);
    await using peers = await openPeers(stage.host);
    const { image, repository } = stage.app;
    await writeFile(join(peers.folder, 'a.txt'), 'of some use');
    await peers.oras.push(`${image}:1.0`, sbom, ['a.txt:text/plain']);

    const found = await repository.manifests.fetch('1.0');

    const layers = found?.manifest.kind === 'image' ? found.manifest.image.layers : [];
    const texts = layers.map(async (layer) =>
      Buffer.concat(await Array.fromAsync(repository.blobs.fetch(layer))).toString(),
    );
    expect(found?.manifest).toMatchObject({ image: { artifactType: sbom } });
    expect(layers).toMatchObject([
      { mediaType: 'text/plain', annotations: { 'org.opencontainers.image.title': 'a.txt' } },
    ]);
    expect(await Promise.all(texts)).toEqual(['of some use']);
  });
}
