import {
  type IdOrder,
  type SameName,
  startRegistry,
  startResultsService,
} from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const onlyFirst = "matrix.app == 'b' && matrix.arch == 'arm64' && github.run_attempt == 1";
const failing = `{ if: "${onlyFirst}", run: exit 1 }`;

test.each(['success()', '!cancelled()'])(
  'F4c: when the failed jobs run again, the release is completed, published if %s',
  async (condition) => {
    await using registry = await startRegistry();
    await using first = await runOn(registry, release({ condition, before: [failing] }));
    const tags = registry.tags(repository);

    const second = await first.rerunFailed();

    expect(tags).toEqual([]);
    expect(second.conclusion).toBe('success');
    expect(second.job('build (a, amd64)').attempt).toBe(1);
    expect(entriesAt(registry, repository, 'v1').toSorted()).toEqual([
      ...['a/amd64', 'a/arm64', 'b/amd64', 'b/arm64'],
    ]);
  },
);

const orders: readonly IdOrder[] = ['ascending', 'descending', 'random'];
const policies: readonly SameName[] = ['conflict', 'per-attempt'];

test.each(
  orders.flatMap((artifactIds) => policies.map((sameName) => [artifactIds, sameName] as const)),
)(
  'F4a, F4d: a leg that failed after its record counts with its newest digest: ids %s, names %s',
  async (artifactIds, sameName) => {
    await using registry = await startRegistry();
    await using service = await startResultsService({ artifactIds, sameName, seed: 7 });
    const source = release({
      content: `\${{ matrix.app }} \${{ matrix.arch }} of attempt \${{ github.run_attempt }}`,
      after: [failing],
      publish: [`needs: \${{ toJSON(needs) }}`],
    });
    await using first = await runOn(registry, source, { service });
    const early = registry.tags(repository);

    const second = await first.rerunFailed();

    expect(first.artifacts()).toHaveLength(5);
    expect(early).toEqual([]);
    expect(second.conclusion).toBe('success');
    expect(disksAt(registry, repository, 'v1').toSorted()).toEqual([
      'a amd64 of attempt 1',
      'a arm64 of attempt 1',
      'b amd64 of attempt 1',
      'b arm64 of attempt 2',
    ]);
  },
);

test.each(policies)(
  'F4e, F4f: a re-run of all jobs publishes nothing of before: names %s',
  async (sameName) => {
    await using registry = await startRegistry();
    await using service = await startResultsService({ sameName });
    const content = `\${{ matrix.arch }} of attempt \${{ github.run_attempt }}`;
    const source = release({ content, matrix: '{ app: [a], arch: [amd64, arm64] }' });
    await using first = await runOn(registry, source, { service });

    const second = await first.rerunAll();

    expect(second.conclusion).toBe('success');
    expect(disksAt(registry, repository, 'v1').toSorted()).toEqual([
      'amd64 of attempt 2',
      'arm64 of attempt 2',
    ]);
  },
);

const hiding = {
  source: (inputs: readonly string[]) =>
    release({ before: [failing], condition: 'success()', publish: inputs }),
  service: () => startResultsService({ earlierAttempts: 'hidden', sameName: 'per-attempt' }),
};

test('F4b: where a later attempt does not see the earlier one, nothing is published without those legs', async () => {
  await using registry = await startRegistry();
  await using service = await hiding.service();
  await using first = await runOn(registry, hiding.source([]), { service });

  const second = await first.rerunFailed();

  expect(second.job('publish').annotations).toMatchObject([
    { title: 'LEG_MISSING', message: expect.stringContaining('1 legs are there') },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test('F4b: the id of the run itself makes the earlier attempt seen', async () => {
  await using registry = await startRegistry();
  await using service = await hiding.service();
  const source = hiding.source([`run-id: \${{ github.run_id }}`]);
  await using first = await runOn(registry, source, { service });

  const second = await first.rerunFailed();

  expect(second.conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1')).toHaveLength(4);
});

test('F12: an output that a re-run lost makes no tag with a hole in it', async () => {
  await using registry = await startRegistry();
  const source = release({ matrix: '{ app: [a], arch: [amd64] }' }).replace(
    'tags: v1',
    `tags: devnet-\${{ needs.plan.outputs.number }}-\${{ needs.plan.outputs.commit }}`,
  );

  await using run = await runOn(registry, source);

  expect(run.job('publish').annotations).toMatchObject([
    {
      title: 'INPUT_INVALID',
      message: expect.stringMatching(/^input "tags": "devnet--" ends as if .*\n.*expression/),
    },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});
