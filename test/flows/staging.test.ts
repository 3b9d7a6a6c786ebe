import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, entriesAt, manifestAt, publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

test.each([
  ['once', []],
  ['at the same time as others', ['concurrent: true']],
])('legs that push to a repository of their own are published %s from there', async (_, how) => {
  await using registry = await startRegistry();
  const staging = `${registry.host}/acme/staging`;
  const source = release({
    push: ['group: app'],
    publish: ['group: app', `allow-images: ${staging}`, ...how],
  }).replace(`image: \${{ vars.IMAGE }}`, `image: ${staging}`);

  await using run = await runOn(registry, source);

  expect(run.job('publish').conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1')).toHaveLength(4);
  expect(disksAt(registry, repository, 'v1').toSorted()).toEqual([
    'a for amd64',
    'a for arm64',
    'b for amd64',
    'b for arm64',
  ]);
  expect(registry.requests('GET', /\/blobs\//)).toEqual([]);
  for (const { digest } of publishedAt(registry, repository, 'v1')?.index.manifests ?? []) {
    expect(manifestAt(registry, 'acme/staging', digest)).toEqual(
      manifestAt(registry, repository, digest),
    );
  }
});
