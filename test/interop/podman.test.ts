import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { imageFor } from './images.ts';
import { openRepository, publish } from './publish.ts';
import { startServer } from './servers/start-server.ts';
import { testWith } from './test-with.ts';
import { runTool } from './tools.ts';

testWith(['docker-registry', 'podman'], 'a pull gives the image of the platform', async () => {
  await using registry = await startServer('docker-registry');
  await using folder = await temporaryDirectory('podman');
  await using app = openRepository(registry.host);
  const platforms = ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture }));
  await publish(
    app,
    platforms.map((platform) => imageFor(platform)),
  );
  const store = ['--root', join(folder.path, 'root'), '--runroot', join(folder.path, 'run')];
  const podman = (...args: string[]) =>
    runTool('podman', [...store, '--storage-driver=vfs', ...args]);

  await podman('pull', '--tls-verify=false', '--platform=linux/arm64', `${app.image}:latest`);

  const printed = await podman('image', 'inspect', '--format={{.Architecture}}', app.image);
  expect(printed.toString().trim()).toBe('arm64');
});
