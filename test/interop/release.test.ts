import { expect } from 'vitest';
import { platformsOf } from './images.ts';
import { release } from './release.ts';
import { serverNames, setUps } from './servers/start-server.ts';
import { openStage } from './stage.ts';
import { testWith } from './test-with.ts';

for (const server of serverNames) {
  for (const access of setUps[server]) {
    testWith([server], `${access}: a matrix is released by the actions, once`, async () => {
      await using stage = await openStage(server, access);
      const { image, repository } = stage.app;

      await using first = await release(image, access);
      await using second = await release(image, access);

      const changed = [first, second].map((run) => run.job('publish').steps[0]?.outputs.changed);
      const found = await repository.manifests.fetch('1.0');
      const entries = found?.manifest.kind === 'index' ? found.manifest.index.manifests : [];
      expect([...first.annotations(), ...second.annotations()]).toEqual([]);
      expect([first.conclusion, second.conclusion]).toEqual(['success', 'success']);
      expect(changed).toEqual(['true', 'false']);
      expect(platformsOf(entries)).toEqual(['linux/amd64', 'linux/arm64']);
      expect(await repository.manifests.resolve('latest')).toEqual(found?.descriptor);
    });
  }
}
