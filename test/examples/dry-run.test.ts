import { type Run, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { writesTo } from '../flows/kit/published.ts';
import { released, runExample } from './run-example.ts';

/** The workflow with a dry run of every action of ours. */
const dry = (workflow: string): string =>
  workflow.replace(/^( +)image: \$\{\{ env\..*$/gm, '$&\n$1dry-run: true');

/** The digest that each job published, or would have. */
const digestsOf = ({ jobs }: Run): (string | undefined)[] =>
  jobs.filter(({ id }) => id === 'publish').map(({ steps }) => steps.at(-1)?.outputs.digest);

test.each([
  ['multi-platform', 1],
  ['three-registries', 1],
  ['many-images', 8],
])(
  'a dry run of %s writes nothing, and gives the digests of the real run',
  { timeout: 180_000 },
  async (name, count) => {
    await using registry = await startRegistry();
    await using hub = await startRegistry();
    await using mirror = await startRegistry();
    const options = { ...released, vars: { HUB: hub.host, MIRROR: mirror.host } };

    await using rehearsal = await runExample(registry, name, { ...options, edit: dry });
    const written = [registry, hub, mirror].flatMap(writesTo);
    await using real = await runExample(registry, name, options);

    expect([rehearsal.conclusion, real.conclusion]).toEqual(['success', 'success']);
    expect(written).toEqual([]);
    expect(digestsOf(rehearsal)).toEqual(digestsOf(real));
    expect(new Set(digestsOf(real)).size).toBe(count);
    expect(digestsOf(real)).not.toContain(undefined);
  },
);
