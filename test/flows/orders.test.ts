import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type PublishedIndex, publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

// Letters that languages sort in different ways: in Swedish ä is the last, in German one of the first.
const names = ['I', 'i', 'z', 'Z', 'ä'];

/** Five legs, each with a file of every name, made in the given order. */
const source = (order: readonly string[]): string =>
  release({
    matrix: `{ app: [${names.join(', ')}], arch: [amd64] }`,
    before: [
      `{ run: 'mkdir many; for name in ${order.join(' ')}; do echo "$name of \${{ matrix.app }}" > "many/$name.img"; done' }`,
    ],
    push: ['default-media-type: application/vnd.acme.disk'],
  }).replace('files: disk.img:application/vnd.acme.disk', "files: 'many/*'");

interface Variation {
  readonly seed?: number;
  readonly order?: readonly string[];
  readonly locale?: string;
}

async function publish({
  seed = 1,
  order = names,
  locale = 'C.UTF-8',
}: Variation): Promise<PublishedIndex | undefined> {
  await using registry = await startRegistry();
  await using service = await startResultsService({ artifactIds: 'random', seed });
  await using run = await runOn(registry, source(order), {
    ...{ seed, service },
    environment: { LANG: locale, LC_ALL: locale },
  });
  expect(run.conclusion).toBe('success');
  return publishedAt(registry, repository, 'v1');
}

const expected = publish({ seed: 0 });

test.each([1, 2, 3, 4])('twenty orders of arrival give one index (part %i)', async (part) => {
  for (const seed of [1, 2, 3, 4, 5].map((number) => 5 * (part - 1) + number)) {
    expect(await publish({ seed })).toEqual(await expected);
  }

  expect((await expected)?.index.manifests).toHaveLength(5);
});

test.each(['C', 'de_DE.UTF-8', 'tr_TR.UTF-8', 'sv_SE.UTF-8'])(
  'under the locale %s, and with files made in another order, the index is the same',
  async (locale) => {
    const other = await publish({ locale, order: names.toReversed() });

    expect(other).toEqual(await expected);
  },
);
