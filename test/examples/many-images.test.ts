import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { manifestAt, publishedAt } from '../flows/kit/published.ts';
import { released, runExample } from './run-example.ts';

const names = [
  ...['app', 'app-extra', 'app-extra-debug', 'api'],
  ...['api-gateway', 'worker', 'worker-gpu', 'docs'],
];

/** What the images in the index of a name say that they were built of and for. */
function builtOf(registry: Registry, name: string): string[] {
  const repository = `acme/${name}`;
  const entries = publishedAt(registry, repository, 'latest')?.index.manifests ?? [];
  return entries.map(({ digest }) => {
    const { config } = manifestAt(registry, repository, digest);
    const text = new TextDecoder().decode(registry.blob(repository, config.digest));
    const { architecture, config: built } = JSON.parse(text);
    return `${built.Labels.context} for ${architecture}`;
  });
}

const wholeOf = (name: string): string[] => [`${name} for amd64`, `${name} for arm64`];

test('F2: of eight images, some of one prefix, each is published with its own two legs', {
  timeout: 180_000,
}, async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, 'many-images', released);

  expect(run.conclusion).toBe('success');
  expect(names.map((name) => builtOf(registry, name))).toEqual(names.map(wholeOf));
  expect(names.map((name) => registry.tags(`acme/${name}`))).toEqual(
    names.map(() => ['latest', 'v1.2.3']),
  );
});

test('F15: an image whose leg failed is not published, and the other seven are', {
  timeout: 180_000,
}, async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, 'many-images', {
    ...released,
    failStep: ({ job, step, attempt }) =>
      attempt === 1 && job.name === 'build (app, linux/arm64)' && step.index === 2,
  });
  const first = names.map((name) => builtOf(registry, name));
  const again = await run.rerunFailed();

  expect(first).toEqual([[], ...names.slice(1).map(wholeOf)]);
  expect(run.job('publish (app)').annotations).toMatchObject([
    { title: 'LEG_MISSING', message: expect.stringContaining('arm64') },
  ]);
  expect(again.job('publish (app)').conclusion).toBe('success');
  expect(builtOf(registry, 'app')).toEqual(wholeOf('app'));
});
