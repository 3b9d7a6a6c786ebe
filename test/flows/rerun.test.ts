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
  'when the failed jobs run again, the release is completed, published if %s',
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
  'a leg that failed after its record counts with its newest digest: ids %s, names %s',
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
  'a re-run of all jobs publishes nothing of before: names %s',
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
