import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, publishedAt } from './kit/published.ts';
import { runOn } from './kit/run.ts';

/** The legs of one image, and the job that publishes it. */
const image = (name: string, breaks = false): string => `
  build-${name}:
    strategy: { fail-fast: false, matrix: { arch: [amd64, arm64] } }
    runs-on: ubuntu-24.04
    steps:
      - run: \${{ ${breaks} && matrix.arch == 'arm64' && 'exit 1' || 'echo ${name} > disk.img' }}
      - uses: oci-matrix/oci-matrix/actions/push-manifest@v1
        with:
          image: \${{ vars.REGISTRY }}/acme/${name}
          files: disk.img:application/vnd.acme.disk
          artifact-type: application/vnd.acme.image
          platform: linux/\${{ matrix.arch }}
  publish-${name}:
    needs: [build-app, build-app-extra]
    if: \${{ !cancelled() }}
    runs-on: ubuntu-24.04
    steps:
      - uses: oci-matrix/oci-matrix@v1
        with: { image: '\${{ vars.REGISTRY }}/acme/${name}', tags: v1 }
`;

test.each([
  ['app', 'app-extra'],
  ['app-extra', 'app'],
])('F15: a broken leg of %s does not stop %s', async (broken, whole) => {
  await using registry = await startRegistry();
  const source = `on: workflow_dispatch\njobs:${image(broken, true)}${image(whole)}`;

  await using run = await runOn(registry, source, { vars: { REGISTRY: registry.host } });

  expect(run.job(`publish-${whole}`).conclusion).toBe('success');
  expect(publishedAt(registry, `acme/${whole}`, 'v1')?.index.manifests).toHaveLength(2);
  expect(run.job(`publish-${broken}`).annotations).toMatchObject([
    {
      ...{ level: 'error', title: 'LEG_MISSING' },
      message: expect.stringMatching(`group acme/${broken} is not complete: 1 legs are there`),
    },
  ]);
  expect(registry.tags(`acme/${broken}`)).toEqual([]);
});

test('F2: images of which one has the name of the other in front each get their own legs', async () => {
  await using registry = await startRegistry();
  const source = `on: workflow_dispatch\njobs:${image('app')}${image('app-extra')}`;

  await using run = await runOn(registry, source, { vars: { REGISTRY: registry.host } });

  expect(run.conclusion).toBe('success');
  for (const name of ['app', 'app-extra']) {
    const disks = disksAt(registry, `acme/${name}`, 'v1');
    expect(disks).toEqual([name, name]);
  }
});
