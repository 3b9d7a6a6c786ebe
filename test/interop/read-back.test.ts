import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planArtifact, pushImage } from '@oci-matrix/core';
import { mediaTypes } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { blobOf, imageFor } from './images.ts';
import { openPeers, peerNames } from './peers/open-peers.ts';
import { publish } from './publish.ts';
import { serverNames, setUps } from './servers/start-server.ts';
import { openStage } from './stage.ts';
import { testWith } from './test-with.ts';

const architectures = ['amd64', 'arm64', 'riscv64'];
const imagesOfAll = () =>
  architectures.map((architecture) => imageFor({ os: 'linux', architecture }));

for (const server of serverNames) {
  for (const access of setUps[server]) {
    for (const peer of peerNames) {
      // crane asks no token server on loopback, unless it is the registry.
      if (peer === 'crane' && access === 'token' && server !== 'olareg') continue;
      testWith([server, peer], `${access}: an index of ours is read as we wrote it`, async () => {
        await using stage = await openStage(server, access);
        await using peers = await openPeers(stage.host, access);
        const { descriptor, bytes } = await publish(stage.app, imagesOfAll());
        const reference = `${stage.app.image}:latest`;

        const digest = await peers[peer].digest(reference);
        const raw = await peers[peer].raw(reference);
        const configs = await Promise.all(
          architectures.map((architecture) =>
            peers[peer].config(reference, `linux/${architecture}`),
          ),
        );

        expect(digest).toBe(descriptor.digest);
        expect(raw.toString().trimEnd()).toBe(new TextDecoder().decode(bytes));
        expect(configs).toMatchObject(architectures.map((architecture) => ({ architecture })));
      });

      testWith([server, peer], `${access}: an index of ours is copied whole`, async () => {
        await using stage = await openStage(server, access);
        await using peers = await openPeers(stage.host, access);
        const copy = stage.open('acme/copy');
        const { descriptor, entries } = await publish(stage.app, imagesOfAll());

        await peers[peer].copy(`${stage.app.image}:latest`, `${copy.image}:there`);

        expect(await copy.repository.manifests.resolve('there')).toEqual(descriptor);
        for (const { digest } of entries) {
          expect(await copy.repository.manifests.resolve(digest)).toBeDefined();
        }
      });
    }
  }
}

for (const server of serverNames) {
  testWith(
    [server, 'oras'],
    'an artifact of ours is pulled as the files it was made of',
    async () => {
      await using stage = await openStage(server);
      await using peers = await openPeers(stage.host);
      const files = { 'image.raw': 'a disk', 'notes/read.me': 'of some use' };
      const blobs = Object.entries(files).map(([title, text]) =>
        blobOf(Buffer.from(text), mediaTypes.octetStream, title),
      );
      const plan = planArtifact({ blobs, present: [], artifactType: 'application/vnd.acme.disk' });
      await pushImage({ repository: stage.app.repository, plan, tags: ['1.0'] });

      await peers.oras.pull(`${stage.app.image}:1.0`, join(peers.folder, 'pulled'));

      for (const [title, text] of Object.entries(files)) {
        expect(await readFile(join(peers.folder, 'pulled', title), 'utf8')).toBe(text);
      }
    },
  );
}
