import { fileURLToPath } from 'node:url';
import { mediaTypes, parseManifest } from '@oci-matrix/oci';
import { runWorkflow } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { startServer } from './servers/start-server.ts';
import { testWith } from './test-with.ts';
import { skopeo } from './tools.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const workflow = 'examples/garden-linux.yml';

testWith(['docker-registry', 'skopeo'], `${workflow} publishes 28 targets, once`, async () => {
  await using registry = await startServer('docker-registry');
  const image = `${registry.host}/gardenlinux/gardenlinux`;
  const options = { checkout, workflow, vars: { IMAGE: image } };
  const raw = (tag: string): Promise<Buffer> =>
    skopeo('inspect', '--raw', '--tls-verify=false', `docker://${image}:${tag}`);

  await using run = await runWorkflow({ ...options, seed: 1 });
  const published = await raw('1877.3');
  await using again = await runWorkflow({ ...options, seed: 2 });

  const read = parseManifest(published, mediaTypes.imageIndex);
  const entries = read.kind === 'index' ? read.index.manifests : [];
  const flavors = entries.map(({ annotations }) => annotations?.flavor);
  expect(run.annotations().filter(({ level }) => level === 'error')).toEqual([]);
  expect([run.conclusion, again.conclusion]).toEqual(['success', 'success']);
  expect(run.job('publish').steps.map(({ outputs }) => outputs.changed)).toContain('true');
  expect(again.job('publish').steps.map(({ outputs }) => outputs.changed)).toContain('false');
  expect(entries).toHaveLength(28);
  expect(new Set(flavors).size).toBe(14);
  expect((await raw('latest')).equals(published)).toBe(true);
  expect((await raw('1877.3')).equals(published)).toBe(true);
});
