import { isTag } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { emptyIndex } from '../index-document.ts';
import { attestationFor, entryFor } from '../test-kit/records.ts';
import { generationOf } from './generation.ts';
import { intentManifest } from './intent.ts';
import { intentPrefix, intentTag, parseIntentTag, slotFor } from './intent-tag.ts';
import { intentLifetime } from './list-intents.ts';
import { createModelRegistry } from './test-registry.ts';
import { createScheduler } from './test-scheduler.ts';
import { entryOfLeg, mergeFor, type WriterOptions, write } from './test-writers.ts';

const [ours, theirs] = [entryOfLeg(0), entryOfLeg(1)];

/** A registry, and a writer that can be sent to it. */
function openWorld(seed = 1) {
  const scheduler = createScheduler(seed);
  const registry = createModelRegistry(scheduler);
  const start = (entries = [ours], options?: WriterOptions) =>
    write(registry.client(), scheduler, entries, options);
  const all = async <T>(writers: readonly Promise<T>[]): Promise<T[]> => {
    await scheduler.run(writers);
    return Promise.all(writers);
  };
  const one = async (entries = [ours], options?: WriterOptions) => {
    const [converged] = await all([start(entries, options)]);
    if (converged === undefined) throw new Error('nobody wrote');
    return converged;
  };
  const intents = () => registry.tags().filter((tag) => tag.startsWith(intentPrefix));
  return { scheduler, registry, start, all, one, intents };
}

const seeds = [1, 2, 3, 4];
const patient = { pause: 500, calm: 20_000, contended: 20_000 };

const putsOf = ({ requests }: ReturnType<typeof createModelRegistry>, tag: string): number =>
  requests.filter((request) => request === `PUT ${tag}`).length;

const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

test('an intent has a tag of its own for each index, entry and run, and always the same', () => {
  const at = (tag: string, key: string, id: number) =>
    intentTag(slotFor(tag, key), generationOf({ id, attempt: 1 }));
  const tags = [at('1.0', 'a', 1), at('1.1', 'a', 1), at('1.0', 'b', 1), at('1.0', 'a', 2)];

  expect(new Set([...tags, at('1.0', 'a', 1)]).size).toBe(4);
  expect(tags.every((tag) => isTag(tag) && tag.startsWith(intentPrefix))).toBe(true);
  expect(at('x'.repeat(128), 'y'.repeat(10_000), Number.MAX_SAFE_INTEGER)).toHaveLength(75);
  expect(parseIntentTag(at('1.0', 'a', 7))).toEqual({
    slot: slotFor('1.0', 'a'),
    generation: '0000000000000007.000001',
  });
  expect(parseIntentTag('latest')).toBeUndefined();
});

test('a later run is newer than an earlier one, and a later attempt than an earlier one', () => {
  const runs = [
    { id: 9, attempt: 1 },
    { id: 9, attempt: 10 },
    { id: 10, attempt: 2 },
    { id: 12_345_678_901, attempt: 1 },
  ];

  expect(runs.map(generationOf).sort()).toEqual(runs.map(generationOf));
});

test('an intent is an index of the entry and its attestations, which keeps them alive', async () => {
  const { registry, one, intents } = openWorld();
  const attestation = attestationFor(ours);

  await one([attestation, ours, theirs]);

  expect(intents().map((tag) => registry.entriesAt(tag))).toEqual([[ours, attestation], [theirs]]);
  expect(registry.entriesAt('1.0')).toEqual([ours, theirs, attestation]);
});

test('what somebody announced and did not write is written by the next one', async () => {
  const { registry, one, scheduler } = openWorld();
  announce(registry, scheduler.clock.now());

  await one();

  expect(registry.entriesAt('1.0')).toEqual([ours, theirs]);
});

test('an announcement of more than a day ago does not bring back what was removed since', async () => {
  const { registry, one, scheduler } = openWorld();
  announce(registry, scheduler.clock.now() - intentLifetime - 1);

  await one();

  expect(registry.entriesAt('1.0')).toEqual([ours]);
});

test('an announcement whose manifest a clean-up took away is left out', async () => {
  const { registry, one, scheduler } = openWorld();
  announce(registry, scheduler.clock.now());
  registry.lost.add(theirs.digest);

  await one();

  expect(registry.entriesAt('1.0')).toEqual([ours]);
});

test('an index that is listed, and not there for a moment, is not begun afresh', async () => {
  const { registry, scheduler, all } = openWorld();
  const index = mergeFor()({ document: emptyIndex }, [theirs]);
  registry.put(index, '1.0', 0);
  let asked = 0;
  const store = registry.client((request) => {
    // Asked before and after the effect of each request: the second read of the index falls into the moment.
    if (request === 'GET 1.0') asked++;
    if (request === 'GET 1.0' && asked === 3) registry.remove('1.0');
    if (request === 'GET 1.0' && asked === 4) registry.put(index, '1.0');
    return true;
  });

  await all([write(store, scheduler, [ours])]);

  expect(registry.entriesAt('1.0')).toEqual([theirs, ours]);
});

test('an announcement that cannot be read is an error, and nothing is lost by it in silence', async () => {
  const { registry, one, intents, scheduler } = openWorld();
  const name = announce(registry, scheduler.clock.now());
  registry.put(mergeFor()({ document: emptyIndex }, [theirs]), name);

  expect(await failureOf(one())).toMatchObject({ code: 'RECORD_INVALID' });
  expect(intents()).toContain(name);
});

test('a repeat writes nothing', async () => {
  const { registry, one } = openWorld();
  await one();
  registry.requests.length = 0;

  const repeat = await one();

  expect(registry.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
  expect(repeat.tags).toMatchObject([{ tag: '1.0', moved: false }]);
});

test('a dry run writes nothing, and gives what would be written', async () => {
  const { registry, one } = openWorld();

  const dry = await one([ours], { dryRun: true });

  expect(registry.tags()).toEqual([]);
  expect(dry.index.bytes).toEqual((await one()).index.bytes);
});

test.each(seeds)(
  'writers that do not agree on annotations do not go on about it (%d)',
  async (seed) => {
    const { registry, start, all } = openWorld(seed);
    const writerOf = (entry: typeof ours, value: string) =>
      start([entry], { pace: patient, merge: mergeFor([{ level: 'index', key: 'at', value }]) });

    await all([writerOf(ours, '10:00'), writerOf(theirs, '10:01')]);

    expect(registry.entriesAt('1.0')).toHaveLength(2);
    expect(putsOf(registry, '1.0')).toBeLessThanOrEqual(3);
  },
);

test.each(seeds)('two releases do not go on about the tag that both want (%d)', async (seed) => {
  const { registry, start, all } = openWorld(seed);

  await all([
    start([ours], { pace: patient, tags: ['1.0', 'latest'] }),
    start([theirs], { pace: patient, tags: ['2.0', 'latest'] }),
  ]);

  expect(registry.entriesAt('1.0')).toEqual([ours]);
  expect(registry.entriesAt('2.0')).toEqual([theirs]);
  expect([ours, theirs]).toContainEqual(registry.entriesAt('latest')[0]);
  expect(putsOf(registry, 'latest')).toBe(2);
});

test('a tool that keeps writing its own index over ours is a conflict', async () => {
  const { registry, scheduler, all } = openWorld();
  const index = mergeFor()({ document: emptyIndex }, [theirs]);
  const store = registry.client((request) => {
    if (request === 'PUT 1.0') registry.put(index, '1.0');
    return true;
  });

  expect(await failureOf(all([write(store, scheduler, [ours])]))).toMatchObject({
    code: 'CONFLICT',
  });
});

test('writers that do not agree on what makes an entry are told so', async () => {
  const { start, all } = openWorld();
  const entries = ['a', 'b'].map((name) => entryFor(name, { annotations: { name } }));
  const identity = ['annotations.name'];
  const byName = { identity, merge: mergeFor([], identity) };
  await all([start(entries, byName)]);

  expect(await failureOf(all([start()]))).toMatchObject({ code: 'ENTRY_DUPLICATE' });
});

test('two writers of one run that give one entry are told so', async () => {
  const { start, all } = openWorld();
  const writers = [start([entryOfLeg(0, 'a')]), start([entryOfLeg(0, 'b')])];

  expect(await failureOf(all(writers))).toMatchObject({ code: 'ENTRY_DUPLICATE' });
});

test('an older run is told which of its entries a newer one has replaced', async () => {
  const { one } = openWorld();
  const newer = entryOfLeg(0, 'of run 2');
  await one([newer], { run: 2 });

  const older = await one([ours, theirs], { run: 1 });

  expect(older.superseded).toEqual([ours]);
});

/** Leaves what a writer leaves that dies after it announced its entry; gives the tag. */
function announce(registry: ReturnType<typeof createModelRegistry>, now: number): string {
  const generation = generationOf({ id: 1, attempt: 1 });
  const slot = slotFor('1.0', JSON.stringify(['', theirs.artifactType ?? '']));
  const name = intentTag(slot, generation);
  registry.put(intentManifest({ slot, generation, entries: [theirs] }, '1.0', now), name, 0);
  return name;
}
