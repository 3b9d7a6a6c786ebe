import { join } from 'node:path';
import { type Descriptor, mediaTypes, type Platform, parseManifest } from '@oci-matrix/oci';
import { startSigstore, temporaryDirectory } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { withSigstore } from '../examples/local-sigstore.ts';
import { released, runExample } from '../examples/run-example.ts';
import { startServer } from './servers/start-server.ts';
import { testWith } from './test-with.ts';
import { runTool, skopeo } from './tools.ts';

const names = (...all: readonly string[]): string[] => all.map((name) => `acme/${name}`);

const examples = {
  'multi-platform': names('app'),
  'three-registries': names('app'),
  reusable: names('app'),
  'many-images': names('app', 'app-extra', 'api-gateway', 'docs'),
  'garden-linux': names('app'),
  'garden-linux-drop-in': names('app'),
  layers: names('web'),
  signed: names('app'),
};

const targets = {
  event: { name: 'workflow_dispatch', inputs: { targets: '["kvm", "metal_pxe"]' } },
};

for (const [example, repositories] of Object.entries(examples)) {
  testWith(
    ['docker-registry', 'crane', 'skopeo', 'podman'],
    `every platform of ${example} is resolved`,
    async () => {
      await using registry = await startServer('docker-registry');
      await using sigstore = await startSigstore();
      const vars = { HUB: `${registry.host}/hub`, MIRROR: `${registry.host}/mirror` };
      await using run = await runExample(registry, example, {
        ...(example === 'garden-linux-drop-in' ? targets : released),
        ...{ vars, edit: withSigstore(sigstore) },
      });

      expect(run.conclusion).toBe('success');
      for (const repository of repositories)
        await expectAll(`${registry.host}/${repository}:latest`);
    },
  );
}

async function expectAll(image: string): Promise<void> {
  const raw = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${image}`);
  const index = parseManifest(raw, mediaTypes.imageIndex);
  const entries = index.kind === 'index' ? index.index.manifests : [];
  const platforms = new Map(entries.map((entry) => [textOf(entry.platform), entry]));

  expect(platforms.size).toBeGreaterThan(1);
  for (const [text, entry] of platforms) {
    const first = entries.find(({ platform }) => textOf(platform) === text);
    const digest = await runTool('crane', ['digest', '--platform', text, image]);
    expect(digest.toString().trim()).toBe(first?.digest);
    if (entry.artifactType === undefined) await expectImage(image, entry);
  }
}

/** Both runtimes find the image of a machine. */
async function expectImage(image: string, { platform, digest }: Descriptor): Promise<void> {
  const { os = '', architecture = '', variant } = platform ?? {};
  await using folder = await temporaryDirectory('podman');
  const machine = [`--override-os=${os}`, `--override-arch=${architecture}`];
  const more = variant === undefined ? [] : [`--override-variant=${variant}`];
  const read = [
    '--insecure-policy',
    ...machine,
    ...more,
    'inspect',
    '--config',
    '--tls-verify=false',
  ];
  const config = JSON.parse((await runTool('skopeo', [...read, `docker://${image}`])).toString());
  expect([config.os, config.architecture]).toEqual([os, architecture]);

  const store = ['--root', join(folder.path, 'root'), '--runroot', join(folder.path, 'run')];
  const podman = async (...args: readonly string[]): Promise<string> =>
    (await runTool('podman', [...store, '--storage-driver=vfs', ...args])).toString().trim();
  await podman('pull', '--tls-verify=false', `--platform=${textOf(platform)}`, image);
  const said = await podman(
    'image',
    'inspect',
    '--format={{.Os}} {{.Architecture}} {{.RepoDigests}}',
    image,
  );
  expect(said.startsWith(`${os} ${architecture} `)).toBe(true);
  expect(said).toContain(digest);
}

const textOf = ({ os = '', architecture = '', variant }: Partial<Platform> = {}): string =>
  [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
