import { setTimeout as delay } from 'node:timers/promises';
import { profileNames, profiles } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { release } from '../flows/kit/release.ts';
import { repository, runOn } from '../flows/kit/run.ts';
import { complaintsOf, platformsAt, releaseOn, startFor, writesAt } from './profile-release.ts';

const platforms = ['linux/amd64', 'linux/arm64', 'linux/riscv64'];

test.each(profileNames)(
  'as %s: a matrix is released, and again without a write',
  async (profile) => {
    await using registry = await startFor({ profile });

    await using first = await releaseOn(registry);
    // A tag that reads as it was is moved once more, to the same digest: a repeat so soon is not what this is about.
    await delay(profiles[profile].capabilities.staleTagReads ?? 0);
    registry.clearRequests();
    await using second = await releaseOn(registry);

    expect([complaintsOf(first), complaintsOf(second)]).toEqual([[], []]);
    expect([first.conclusion, second.conclusion]).toEqual(['success', 'success']);
    for (const tag of ['v1', 'latest']) expect(platformsAt(registry, tag)).toEqual(platforms);
    expect(writesAt(registry)).toEqual([]);
  },
);

test.each(['ecr', 'harbor'] as const)(
  'as %s: where tags are immutable a release can be repeated',
  async (profile) => {
    await using registry = await startFor({ profile, capabilities: { immutableTags: true } });
    await using first = await releaseOn(registry);

    await using second = await releaseOn(registry);

    expect([complaintsOf(first), complaintsOf(second)]).toEqual([[], []]);
    expect(platformsAt(registry, 'v1')).toEqual(platforms);
  },
);

test('as quay: an artifact of a type that it does not take is refused in its leg, by name', async () => {
  await using registry = await startFor({ profile: 'quay' });
  const { username, password } = registry.auth.kind === 'none' ? nobody : registry.auth;
  const login = [`username: ${username}`, `password: ${password}`];
  const matrix = '{ app: [a], arch: [amd64] }';

  await using run = await runOn(registry, release({ matrix, push: login, publish: login }));

  const [complaint] = complaintsOf(run);
  expect(run.job('build').conclusion).toBe('failure');
  expect(complaint).toMatch(/^MANIFEST_INVALID: .*application\/vnd\.oci\.empty\.v1\+json/);
  expect(registry.tags(repository)).toEqual([]);
});

const nobody = { username: '', password: '' };
