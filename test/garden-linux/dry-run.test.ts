import { type Run, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { runExample } from '../examples/run-example.ts';
import { writesTo } from '../flows/kit/published.ts';

const event = { name: 'workflow_dispatch', inputs: { targets: '["kvm", "metal_pxe"]' } };

/** The workflow with a dry run of every action of ours. */
const dry = (workflow: string): string =>
  workflow.replace(/^( +)image: \$\{\{ env\..*$/gm, '$&\n$1dry-run: true');

const digestOf = (run: Run): string | undefined => run.job('publish').steps.at(-1)?.outputs.digest;

test.each(['garden-linux-drop-in', 'garden-linux'])(
  'a dry run of %s writes nothing, and gives the digest of the real run',
  { timeout: 180_000 },
  async (name) => {
    await using registry = await startRegistry();
    const options = name === 'garden-linux' ? {} : { event };

    await using rehearsal = await runExample(registry, name, { ...options, edit: dry });
    const written = writesTo(registry);
    await using real = await runExample(registry, name, options);

    expect([rehearsal.conclusion, real.conclusion]).toEqual(['success', 'success']);
    expect(written).toEqual([]);
    expect(digestOf(real)).toMatch(/^sha256:/);
    expect(digestOf(rehearsal)).toBe(digestOf(real));
  },
);
