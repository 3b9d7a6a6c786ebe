import { expect } from 'vitest';
import { copyImage } from '../client/copy-image.ts';
import { platformsOf } from './images.ts';
import { openPeers, peerNames } from './peers/open-peers.ts';
import { publish } from './publish.ts';
import { serverNames } from './servers/start-server.ts';
import { openStage } from './stage.ts';
import { testWith } from './test-with.ts';
import { amd64, arm64, entriesIn, makeIndex, riscv64 } from './theirs.ts';

for (const server of serverNames) {
  for (const peer of peerNames) {
    testWith(
      [server, peer, 'oras'],
      'an index that it wrote keeps its entries to the byte',
      async () => {
        await using stage = await openStage(server);
        await using peers = await openPeers(stage.host);
        const { app } = stage;
        await makeIndex(peer, peers, app);
        const before = entriesIn(await peers[peer].raw(`${app.image}:latest`));

        const merged = await publish(app, [riscv64]);

        const after = entriesIn(await peers[peer].raw(`${app.image}:latest`));
        expect(before).toHaveLength(2);
        expect(after).toHaveLength(3);
        expect(after).toEqual(expect.arrayContaining(before));
        expect(platformsOf(merged.entries)).toEqual([
          'linux/amd64',
          'linux/arm64',
          'linux/riscv64',
        ]);
        expect(merged.changes.map(({ outcome }) => outcome).sort()).toEqual([
          'added',
          'kept',
          'kept',
        ]);
      },
    );

    testWith([server, peer], 'what it copied is read by us, and copied on', async () => {
      await using stage = await openStage(server);
      await using peers = await openPeers(stage.host);
      const [copy, onward] = [stage.open('acme/copy'), stage.open('acme/onward')];
      const { descriptor } = await publish(stage.app, [amd64, arm64]);
      await peers[peer].copy(`${stage.app.image}:latest`, `${copy.image}:latest`);

      const copied = await copyImage(copy.repository, onward.repository, 'latest', ['latest']);

      expect(copied).toEqual(descriptor);
      expect(await peers[peer].digest(`${onward.image}:latest`)).toBe(descriptor.digest);
    });
  }
}
