import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const outputs = `outputs: { record: '\${{ steps.push.outputs.record }}' }`;

test('F11: where a secret makes GitHub drop the record from the outputs, the artifact completes the release', async () => {
  await using registry = await startRegistry();
  const source = release({
    job: [outputs, `env: { ORG: '\${{ secrets.ORG }}' }`],
    publish: [`needs: \${{ toJSON(needs) }}`],
  });

  await using run = await runOn(registry, source, { secrets: { ORG: 'acme' } });

  const leg = run.job('build (a, amd64)');
  expect(leg.steps.find(({ id }) => id === 'push')?.outputs.record).toContain('acme/app');
  expect(leg.outputs).toEqual({});
  expect(leg.annotations).toEqual([
    { level: 'warning', message: "Skip output 'record' since it may contain secret." },
  ]);
  expect(run.conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1')).toHaveLength(4);
});

test('F11: without the artifact the loss of the record is not passed over', async () => {
  await using registry = await startRegistry();
  const source = release({
    job: [outputs],
    push: ['record: output'],
    publish: [`needs: \${{ toJSON(needs) }}`],
  });

  await using run = await runOn(registry, source, { secrets: { ORG: 'acme' } });

  expect(run.job('publish').annotations).toMatchObject([{ level: 'error', title: 'LEG_MISSING' }]);
  expect(registry.tags(repository)).toEqual([]);
});

test('F11: an output with the password of its own action in it is named in a warning', async () => {
  await using registry = await startRegistry();
  const source = release({
    matrix: '{ app: [a], arch: [amd64] }',
    push: ['username: octo', `password: \${{ secrets.PASSWORD }}`],
  });

  await using run = await runOn(registry, source, { secrets: { PASSWORD: 'vnd.acme.image' } });

  const warnings = run.job('build').annotations.map(({ level, message }) => `${level} ${message}`);
  expect(warnings).toEqual([
    expect.stringMatching(/^warning output "descriptor" contains a secret: .*GitHub drops it/),
    expect.stringMatching(/^warning output "record" contains a secret: .*GitHub drops it/),
  ]);
  expect(run.conclusion).toBe('success');
});
