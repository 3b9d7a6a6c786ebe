import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { indexAt } from '../actions/update.ts';
import { version } from '../examples/garden-linux.ts';
import { pushBaseline } from './kit/baseline.ts';
import { repository, updateImages, updateWith } from './kit/publish.ts';
import { allTargets } from './kit/target.ts';

const concurrent = { concurrent: 'true', identity: 'platform\nannotations.feature_set' };

// Half a minute, nearly all of it waiting: nobody may believe an index that others still write.
test('R1, A7: processes that each add a target at the same time, and one that adds the container images, lose none', {
  timeout: 300_000,
}, async () => {
  await using registry = await startRegistry();
  const all = allTargets.map((target) => pushBaseline(registry, repository, target));

  const results = await Promise.all([
    ...all.map((one) => updateWith(registry, [one], { with: concurrent })),
    updateImages(registry, concurrent),
  ]);

  expect(results.flatMap(({ annotations }) => annotations)).toEqual([]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => 0));
  const entries = indexAt(registry, version).manifests;
  const platforms = entries.map(({ platform }) => platform?.os);
  expect(platforms.filter((os) => os === 'linux')).toHaveLength(2);
  const own = entries.filter(({ platform }) => platform?.os === 'gardenlinux');
  expect(own).toHaveLength(28);
  expect(new Set(own)).toEqual(new Set(all.map(({ entry }) => entry)));
});
