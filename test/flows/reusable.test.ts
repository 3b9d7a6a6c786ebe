import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { entriesAt, publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const publish = `
on:
  workflow_call:
    inputs:
      image: { type: string, required: true }
      tags: { type: string, required: true }
    outputs:
      digest: { value: '\${{ jobs.publish.outputs.digest }}' }
jobs:
  publish:
    runs-on: ubuntu-24.04
    outputs: { digest: '\${{ steps.publish.outputs.digest }}' }
    steps:
      - id: publish
        uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ inputs.image }}
          tags: \${{ inputs.tags }}
          identity: "platform\\nannotations.app"
`;

/** The legs of a release, whose index a called workflow publishes. */
const calling = (options: Parameters<typeof release>[0] = {}): string =>
  release(options).replace(
    /\n {2}publish:[\s\S]*$/,
    `
  publish:
    needs: build
    uses: ./.github/workflows/publish.yml
    with:
      image: \${{ vars.IMAGE }}
      tags: "1.2.3\\nlatest"
  report:
    needs: publish
    runs-on: ubuntu-24.04
    steps:
      - run: echo "published \${{ needs.publish.outputs.digest }}"
`,
  );

const files = { '.github/workflows/publish.yml': publish };

test('a called workflow publishes the legs of its caller', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, calling(), { files });

  expect(run.conclusion).toBe('success');
  expect(entriesAt(registry, repository, '1.2.3')).toHaveLength(4);
  expect(registry.tags(repository)).toEqual(['1.2.3', 'latest']);
  const digest = publishedAt(registry, repository, 'latest')?.digest;
  expect(run.job('report').steps[0]?.log).toBe(`published ${digest}\n`);
});

test('legs in a workflow that is called twice are two groups', async () => {
  await using registry = await startRegistry();
  const called = release({
    matrix: '{ app: [a], arch: [amd64, arm64] }',
    content: `\${{ inputs.name }} for \${{ matrix.arch }}`,
  })
    .replace(
      'on: workflow_dispatch',
      'on: { workflow_call: { inputs: { name: { type: string } } } }',
    )
    .replaceAll('vars.IMAGE }}', `vars.IMAGE }}-\${{ inputs.name }}`);
  const source = `
on: workflow_dispatch
jobs:
  web: { uses: ./.github/workflows/image.yml, with: { name: web } }
  api: { uses: ./.github/workflows/image.yml, with: { name: api } }
`;

  await using run = await runOn(registry, source, {
    files: { '.github/workflows/image.yml': called },
  });

  expect(run.conclusion).toBe('success');
  for (const name of ['web', 'api']) {
    expect(entriesAt(registry, `${repository}-${name}`, 'v1')).toEqual(['a/amd64', 'a/arm64']);
  }
});
