import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { artifactOf, type Content, imageOf, indexOf, linux, seed } from './content.ts';
import { failureOf, refusalOf, writes } from './refusal.ts';
import { legsOf, repository, update } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const index = indexOf([amd64, arm64]);

const retag = (
  registry: Registry,
  given: Readonly<Record<string, string>>,
): Promise<ActionResult> =>
  act('retag', { with: { image: `${registry.host}/${repository}`, source: '1.2.3', ...given } });

const digestAt = (registry: Registry, tag: string) => registry.manifest(repository, tag)?.digest;

test.each<[string, Content]>([
  ['an index', index],
  ['an image', amd64],
  ['an artifact', artifactOf('application/vnd.acme.disk', 'disk')],
])('A9: retag puts the exact bytes of %s under more tags', async (_, content) => {
  await using registry = await startRegistry();
  seed(registry, repository, content, '1.2.3');
  const { digest } = content.descriptor;

  const { outputs, summary } = await retag(registry, { tags: '1.2\nlatest' });

  expect(['1.2', 'latest'].map((tag) => digestAt(registry, tag))).toEqual([digest, digest]);
  const at = `${registry.host}/${repository}`;
  expect(outputs).toEqual({
    digest,
    references: JSON.stringify([`${at}:1.2`, `${at}:latest`, `${at}@${digest}`]),
    changed: 'true',
  });
  expect(summary).toMatch(/1\.2.*not there.*moved/);
});

test('A9, R6: a source that is not there is an error, and the tags stay as they were', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, index, 'latest');

  const result = await retag(registry, { source: '9999.9', tags: 'latest' });

  expect(refusalOf(result, registry)).toEqual({
    code: 'MANIFEST_UNKNOWN',
    what: `${registry.host}/${repository} has no 9999.9, so nothing can be tagged with latest`,
    hint: expect.stringMatching(/"source"/),
  });
  expect(digestAt(registry, 'latest')).toBe(index.descriptor.digest);
});

test.each([401, 403])('R6: a source that is answered with %d is no absent one', async (status) => {
  await using registry = await startRegistry();
  seed(registry, repository, index, '1.2.3');
  registry.fail('*', /manifests/, { status, times: 99 });

  const failed = failureOf(await retag(registry, { tags: 'latest' }));

  expect(failed.code).not.toBe('MANIFEST_UNKNOWN');
  expect(digestAt(registry, 'latest')).toBeUndefined();
});

test('A16: version, major, latest and a series name the index, by one digest', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64, arm64]);
  const { outputs } = await update(registry, { records, tags: '1877.3' });
  const tags = ['1877', '1877.0', 'latest', 'nightly', 'rel-1877-latest'];

  await retag(registry, { source: '1877.3', tags: tags.join('\n') });

  expect(new Set(tags.map((tag) => digestAt(registry, tag)))).toEqual(new Set([outputs.digest]));
});

test('a repeat writes nothing, also where tags are immutable', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  seed(registry, repository, index, '1.2.3');
  await retag(registry, { tags: 'latest' });
  registry.clearRequests();

  const { outputs } = await retag(registry, { tags: 'latest' });

  expect(outputs.changed).toBe('false');
  expect(writes(registry)).toEqual([]);
});

test('F19: an immutable tag of something else is an error that names both digests', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  seed(registry, repository, index, '1.2.3');
  seed(registry, repository, amd64, '1.2');

  const failed = failureOf(await retag(registry, { tags: '1.2' }));

  expect(failed.code).toBe('TAG_IMMUTABLE');
  expect(failed.what).toContain(index.descriptor.digest);
  expect(failed.what).toContain(amd64.descriptor.digest);
});

test('a dry run says what would move, and moves nothing', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, index, '1.2.3');

  const { outputs, summary } = await retag(registry, { tags: 'latest', 'dry-run': 'true' });

  expect(outputs).toMatchObject({ digest: index.descriptor.digest, changed: 'true' });
  expect(summary).toContain('would move');
  expect(writes(registry)).toEqual([]);
});

test('a source that is no tag is refused before anybody is asked', async () => {
  await using registry = await startRegistry();

  const result = await retag(registry, { source: 'a b', tags: 'latest' });

  expect(refusalOf(result, registry).what).toMatch(/^input "source": /);
  expect(registry.requests()).toEqual([]);
});
