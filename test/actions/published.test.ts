import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionResult } from '@oci-matrix/testing';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { runOn } from '../flows/kit/run.ts';
import { schemaFaults } from '../schema-faults.ts';
import { act, checkout } from './act.ts';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { provenanceOf } from './provenance.ts';
import { needsOf, recordsOf } from './records.ts';
import { digestsAt, legsOf, repository, update } from './update.ts';

const schema: unknown = JSON.parse(
  readFileSync(join(checkout, 'schemas/published-v1.json'), 'utf8'),
);

/** The document that a step put out, which is one by its schema. */
function publishedOf({ outputs }: ActionResult) {
  const published = JSON.parse(outputs.json ?? 'null');
  expect(schemaFaults(schema, published)).toEqual([]);
  return published;
}

const amd64 = imageOf(linux('amd64'));
const provenance = provenanceOf(amd64);
const leg = indexOf([amd64, provenance]);
const children = [amd64.descriptor, provenance.descriptor];
const foreign = imageOf(linux('s390x'));

test('update-index and publish tell in json what they published, by its schema', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([foreign]), '1.0');
  seed(registry, repository, leg);
  const legs = [{ leg: 'one', descriptor: leg.descriptor, children }];
  const image = `${registry.host}/${repository}`;

  const first = await update(registry, { records: recordsOf(legs), tags: '1.0\nlatest' });
  const again = await act('publish', {
    with: { image, tags: '1.0', group: 'app', needs: needsOf(legs) },
  });

  expect(publishedOf(first)).toMatchObject({
    ...{ digest: registry.manifest(repository, '1.0')?.digest, changed: true, dryRun: false },
    images: [
      {
        image,
        tags: [
          { tag: '1.0', moved: true },
          { tag: 'latest', moved: true },
        ],
      },
    ],
    manifests: [
      { platform: 'linux/s390x', digest: foreign.descriptor.digest, attestations: [] },
      {
        ...{ platform: 'linux/amd64', digest: amd64.descriptor.digest, leg: 'one' },
        attestations: [{ digest: provenance.descriptor.digest }],
      },
    ],
    removed: [],
  });
  expect(publishedOf(again)).toMatchObject({
    ...{ digest: first.outputs.digest, changed: false },
    images: [{ image, tags: [{ tag: '1.0', moved: false, previous: first.outputs.digest }] }],
    manifests: [{ outcome: 'kept' }, { outcome: 'kept', leg: 'one' }],
  });
});

test('F21: a clean-up that spares the protected digests leaves every tag whole', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([foreign]), '1.0');
  seed(registry, repository, imageOf(linux('arm64'), 2));
  seed(registry, repository, leg);
  const records = recordsOf([{ descriptor: leg.descriptor, children }]);

  const { outputs } = await update(registry, { records });

  const kept = outputs['protected-digests']?.split('\n') ?? [];
  expect(kept).toEqual([outputs.digest, ...digestsAt(registry, '1.0')]);
  expect(kept).toContain(provenance.descriptor.digest);
  const deleted = registry.manifests(repository).filter((digest) => !kept.includes(digest));
  expect(deleted).toHaveLength(3);
});

test('what fits no output is in a file for later steps, and the step says so', async () => {
  await using registry = await startRegistry();
  const entries = Array.from({ length: 1700 }, (_, at) =>
    artifactOf(`application/vnd.acme.n${at}`, 'the same file'),
  );
  seed(registry, repository, indexOf(entries), '1.0');
  const records = legsOf(registry, [amd64]);
  const source = `
on: workflow_dispatch
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - id: index
        uses: oci-matrix/oci-matrix/actions/update-index@v1
        with: { image: '\${{ vars.IMAGE }}', tags: '1.0', records: '\${{ vars.RECORDS }}' }
      - env: { FILE: '\${{ steps.index.outputs.json-file }}' }
        shell: node {0}
        run: |
          const { manifests, protected: spared } = require(process.env.FILE);
          console.log(manifests.length, spared.length);
`;

  await using run = await runOn(registry, source, { vars: { RECORDS: records } });

  const [step, later] = run.job('publish').steps;
  expect(later?.log).toBe('1701 1702\n');
  expect([step?.outputs.json, step?.outputs['protected-digests']]).toEqual([undefined, undefined]);
  expect(step?.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('read "protected" in the file') },
  ]);
});

test('F24: the runner is told which index the tags name, and of nothing in a dry run', async () => {
  await using registry = await startRegistry();
  await using temp = await temporaryDirectory('temp');
  const file = join(temp.path, 'artifacts');
  const records = legsOf(registry, [amd64]);
  const env = { GITHUB_ARTIFACTS: file };

  await update(registry, { records, 'dry-run': 'true' }, { env });
  const { outputs } = await update(registry, { records }, { env });

  expect(await readFile(file, 'utf8')).toBe(
    `oci://${registry.host}/${repository}@${outputs.digest}\n`,
  );
});
