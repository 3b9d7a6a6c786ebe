import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, entriesAt, publishedAt } from './kit/published.ts';
import { type ReleaseOptions, release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const bOnArm = "matrix.app == 'b' && matrix.arch == 'arm64'";
const failing = [`{ if: "${bOnArm}", run: exit 1 }`];
const all = ['a/amd64', 'a/arm64', 'b/amd64', 'b/arm64'];
const content = (words: string): string => `\${{ matrix.app }} \${{ matrix.arch }} ${words}`;

const runRelease = (registry: Registry, options: ReleaseOptions, inputs: readonly string[]) =>
  runOn(registry, release({ ...options, publish: [...inputs, ...(options.publish ?? [])] }));

const keep = ['on-missing: keep-previous'];

test.each(['merge', 'replace'])(
  'keep-previous: in mode %s a missing leg keeps its entry of the release before',
  async (mode) => {
    await using registry = await startRegistry();
    const inputs = [...keep, `mode: ${mode}`];
    await using first = await runRelease(registry, { content: content('of before') }, inputs);

    await using second = await runRelease(
      registry,
      { content: content('of now'), before: failing, publish: [`needs: \${{ toJSON(needs) }}`] },
      inputs,
    );

    expect([first, second].map((run) => run.job('publish').conclusion)).toEqual([
      ...['success', 'success'],
    ]);
    expect(disksAt(registry, repository, 'v1').toSorted()).toEqual([
      ...['a amd64 of now', 'a arm64 of now', 'b amd64 of now', 'b arm64 of before'],
    ]);
    expect(second.job('publish').annotations).toEqual([
      {
        level: 'warning',
        message: 'published without build (b, arm64): on-missing is keep-previous',
      },
    ]);
    const { outputs } = second.job('publish').steps[0] ?? { outputs: {} };
    expect(outputs).toMatchObject({
      complete: 'false',
      count: '3',
      missing: '["build (b, arm64)"]',
    });
  },
);

test('keep-previous: a kept entry is what it was, byte for byte, and a repeat writes nothing new', async () => {
  await using registry = await startRegistry();
  await using first = await runRelease(registry, {}, keep);
  const whole = publishedAt(registry, repository, 'v1');

  await using second = await runRelease(registry, { before: failing }, keep);

  expect([first.conclusion, second.job('publish').conclusion]).toEqual(['success', 'success']);
  expect(publishedAt(registry, repository, 'v1')).toEqual(whole);
  expect(second.job('publish').steps[0]?.outputs).toMatchObject({ changed: 'false', kept: '4' });
});

test('keep-previous: without an entry of before the leg is named, and no tag moves', async () => {
  await using registry = await startRegistry();
  await using first = await runRelease(registry, {}, []);
  const before = publishedAt(registry, repository, 'v1');

  await using second = await runRelease(
    registry,
    { content: content('of now'), before: failing },
    keep,
  );

  expect(first.conclusion).toBe('success');
  expect(second.job('publish').annotations).toMatchObject([
    {
      ...{ level: 'error', title: 'LEG_MISSING' },
      message: expect.stringMatching(
        /^leg b-arm64-\w{8} of group acme\/app is missing, and the index has no entry of it.*\n.*one has to be complete first/,
      ),
    },
  ]);
  expect(publishedAt(registry, repository, 'v1')).toEqual(before);
});

test('keep-previous: where every leg is missing nothing is published', async () => {
  await using registry = await startRegistry();
  await using first = await runRelease(registry, {}, keep);
  await using second = await runRelease(registry, { before: ['{ run: exit 1 }'] }, keep);

  expect(first.conclusion).toBe('success');
  expect(second.job('publish').annotations).toMatchObject([{ title: 'LEG_MISSING' }]);
});

test('keep-previous: a job that failed although its legs are all there is not excused', async () => {
  await using registry = await startRegistry();
  await using run = await runRelease(
    registry,
    { after: failing, publish: [`needs: \${{ toJSON(needs) }}`] },
    keep,
  );

  expect(run.job('publish').annotations).toMatchObject([{ title: 'LEG_FAILED' }]);
  expect(registry.tags(repository)).toEqual([]);
});

test('keep-previous: legs with names of their own are known by expect, and by nothing else', async () => {
  await using registry = await startRegistry();
  const named = { push: [`leg: \${{ matrix.app }}-on-\${{ matrix.arch }}`] };
  const expected = `expect: '["a-on-amd64", "a-on-arm64", "b-on-amd64", "b-on-arm64"]'`;
  await using first = await runRelease(registry, named, keep);
  const broken = { ...named, content: content('of now'), before: failing };

  await using unknown = await runRelease(registry, broken, keep);
  await using known = await runRelease(registry, broken, [...keep, expected]);

  expect(first.conclusion).toBe('success');
  expect(unknown.job('publish').annotations).toMatchObject([
    { title: 'LEG_MISSING', message: expect.stringContaining('Say with "expect"') },
  ]);
  expect(known.job('publish').conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1').toSorted()).toEqual(all);
});

const partial = ['on-missing: partial', 'partial-tags: v1-testing'];

test('partial: an incomplete release moves the partial tags, and no other', async () => {
  await using registry = await startRegistry();

  await using run = await runRelease(registry, { before: failing }, partial);

  expect(run.job('publish').conclusion).toBe('success');
  expect(registry.tags(repository)).toEqual(['v1-testing']);
  expect(entriesAt(registry, repository, 'v1-testing').toSorted()).toEqual(all.slice(0, 3));
  expect(run.job('publish').steps[0]?.outputs).toMatchObject({
    ...{ complete: 'false', missing: '["build (b, arm64)"]' },
    references: expect.not.stringContaining('v1"'),
  });
});

test('partial: a complete release moves all tags to one index', async () => {
  await using registry = await startRegistry();
  await using first = await runRelease(registry, { before: failing }, partial);

  await using second = await runRelease(registry, { content: content('whole') }, partial);

  expect([first.job('publish').conclusion, second.conclusion]).toEqual(['success', 'success']);
  expect(registry.tags(repository).toSorted()).toEqual(['v1', 'v1-testing']);
  expect(publishedAt(registry, repository, 'v1')).toEqual(
    publishedAt(registry, repository, 'v1-testing'),
  );
  expect(entriesAt(registry, repository, 'v1').toSorted()).toEqual(all);
});

test.each([
  ['a tag of both kinds', ['on-missing: partial', 'partial-tags: "x\\nv1"'], 'is one of "tags"'],
  ['partial without its tags', ['on-missing: partial'], 'are needed by on-missing: partial'],
  ['partial tags for nothing', ['partial-tags: v2'], 'do nothing with on-missing: fail'],
])('%s is refused before anything is read', async (_, inputs, reason) => {
  await using registry = await startRegistry();

  await using run = await runRelease(registry, { matrix: '{ app: [a], arch: [amd64] }' }, inputs);

  expect(run.job('publish').annotations).toMatchObject([
    { title: 'INPUT_INVALID', message: expect.stringContaining(reason) },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});
