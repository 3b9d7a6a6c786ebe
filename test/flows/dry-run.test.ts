import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { writesTo } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const dry = { push: ['dry-run: true'], publish: ['dry-run: true'] };

test('a dry run writes nothing, and gives the digest that the real run gives', async () => {
  await using registry = await startRegistry();

  await using rehearsal = await runOn(registry, release(dry));
  const [writes, repositories] = [writesTo(registry), registry.repositories()];
  await using real = await runOn(registry, release());

  expect([rehearsal.conclusion, real.conclusion]).toEqual(['success', 'success']);
  expect([writes, repositories]).toEqual([[], []]);
  expect(rehearsal.job('publish').outputs.digest).toMatch(/^sha256:/);
  expect(rehearsal.job('publish').outputs).toEqual(real.job('publish').outputs);
  expect(registry.manifest(repository, 'v1')?.digest).toBe(real.job('publish').outputs.digest);
});

test('a dry run of a change to what is there gives its digest too, and moves no tag', async () => {
  await using registry = await startRegistry();
  await using before = await runOn(registry, release());
  registry.clearRequests();

  await using rehearsal = await runOn(registry, release({ ...dry, content: 'newer' }));
  const writes = writesTo(registry);
  const current = registry.manifest(repository, 'v1')?.digest;
  await using real = await runOn(registry, release({ content: 'newer' }));

  expect(writes).toEqual([]);
  expect(current).toBe(before.job('publish').outputs.digest);
  expect(real.job('publish').outputs.digest).not.toBe(current);
  expect(rehearsal.job('publish').outputs).toEqual(real.job('publish').outputs);
});

test('a missing leg fails a dry run as it would the real one', async () => {
  await using registry = await startRegistry();
  const failing = `{ if: "matrix.app == 'b' && matrix.arch == 'arm64'", run: exit 1 }`;

  await using run = await runOn(registry, release({ ...dry, before: [failing] }));

  expect(run.job('publish').annotations).toMatchObject([{ level: 'error', title: 'LEG_MISSING' }]);
});

test('where everybody may read, a dry run needs no credentials', async () => {
  const auth = {
    kind: 'bearer',
    username: 'octocat',
    password: 'hunter2',
    pull: 'anonymous',
  } as const;
  await using registry = await startRegistry({ auth });

  await using rehearsal = await runOn(registry, release(dry));
  await using real = await runOn(registry, release());

  expect(rehearsal.conclusion).toBe('success');
  expect(real.conclusion).toBe('failure');
});
