import { type Registry, type RunOptions, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { publishedAt } from '../flows/kit/published.ts';
import { repository } from '../flows/kit/run.ts';
import { released, runExample } from './run-example.ts';

interface World extends AsyncDisposable {
  readonly main: Registry;
  readonly hub: Registry;
  readonly mirror: Registry;
  readonly options: Partial<RunOptions>;
}

/** Three registries, of which two want a login. */
async function startWorld(): Promise<World> {
  await using owned = new AsyncDisposableStack();
  const start = async (auth: Registry['auth'] = { kind: 'none' }): Promise<Registry> =>
    owned.use(await startRegistry({ auth }));
  const main = await start();
  const hub = await start({ kind: 'basic', username: 'ada', password: 'hub-token-1234' });
  const mirror = await start({ kind: 'basic', username: 'ada', password: 'mirror-token-1234' });
  const moved = owned.move();
  return {
    ...{ main, hub, mirror },
    options: {
      ...released,
      vars: { HUB: hub.host, MIRROR: mirror.host },
      secrets: {
        ...{ HUB_USERNAME: 'ada', HUB_TOKEN: 'hub-token-1234' },
        ...{ MIRROR_USERNAME: 'ada', MIRROR_TOKEN: 'mirror-token-1234' },
      },
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

const digestsOf = ({ main, hub, mirror }: World): (string | undefined)[] =>
  [main, hub, mirror].map((registry) => publishedAt(registry, repository, 'latest')?.digest);

test('a release is in three registries under one digest and all tags', async () => {
  await using world = await startWorld();

  await using run = await runExample(world.main, 'three-registries', world.options);

  const { digest } = run.job('publish').outputs;
  expect(run.conclusion).toBe('success');
  expect(digestsOf(world)).toEqual([digest, digest, digest]);
  for (const registry of [world.main, world.hub, world.mirror]) {
    expect(registry.tags(repository)).toEqual(['latest', 'v1.2.3']);
  }
});

test('a mirror that fails is a warning and a row of the summary, and the next release completes it', async () => {
  await using world = await startWorld();
  world.mirror.fail('*', /manifests/, { status: 403, times: 1000 });

  await using run = await runExample(world.main, 'three-registries', world.options);
  const first = digestsOf(world);
  world.mirror.heal();
  await using again = await runExample(world.main, 'three-registries', world.options);

  const { digest } = run.job('publish').outputs;
  const { summary, annotations } = run.job('publish').steps.at(-1) ?? {};
  expect([run.conclusion, again.conclusion]).toEqual(['success', 'success']);
  expect(first).toEqual([digest, digest, undefined]);
  expect(annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining(world.mirror.host) },
  ]);
  expect(summary).toMatch(
    new RegExp(
      `latest</code> \\| <code>${world.mirror.host}/acme/app</code> \\| nothing \\| failed: `,
    ),
  );
  expect(digestsOf(world)).toEqual([digest, digest, digest]);
});

test('a registry that must have it and fails keeps every tag where it was, and a re-run completes it', async () => {
  await using world = await startWorld();
  world.hub.fail('PUT', /manifests/, { status: 403, times: 1000 });

  await using run = await runExample(world.main, 'three-registries', world.options);
  const first = digestsOf(world);
  world.hub.heal();
  const again = await run.rerunFailed();

  const { digest } = again.job('publish').outputs;
  expect([run.conclusion, again.conclusion]).toEqual(['failure', 'success']);
  expect(first).toEqual([undefined, undefined, undefined]);
  expect(digestsOf(world)).toEqual([digest, digest, digest]);
});
