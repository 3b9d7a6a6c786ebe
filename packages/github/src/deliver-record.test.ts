import { startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Outcome, runTestAction } from './test-action.ts';

interface Delivery {
  readonly via: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const deliver = ({ via, outputs = { a: '1' }, env = {} }: Delivery): Promise<Outcome> =>
  runTestAction({
    outputs: `record: ''`,
    run: `
      const { via, outputs } = JSON.parse(process.env.DELIVERY);
      const large = outputs.large ? { a: 'x'.repeat(Number(outputs.large)) } : outputs;
      const record = { image: 'ghcr.io/acme/app', group: 'g', leg: 'kvm', run: { attempt: 2 }, outputs: large };
      return { outputs: { record: await github.deliverRecord(record, via, context) } };`,
    env: { DELIVERY: JSON.stringify({ via, outputs }), ...env },
  });

const carried = { group: 'g', leg: 'kvm', run: { attempt: 2 }, outputs: { a: '1' } };

test('by output a record needs no service, and names no host', async () => {
  const outcome = await deliver({ via: 'output' });

  expect(JSON.parse(outcome.outputs.record ?? '')).toEqual(carried);
});

test('a record that is not wanted goes nowhere', async () => {
  const outcome = await deliver({ via: 'none' });

  expect(outcome).toMatchObject({ exitCode: 0, outputs: {}, errors: [] });
});

test.each([
  ['artifact', 20, {}, []],
  ['both', 200_000, {}, [expect.stringMatching(/too large for an output/)]],
])('by %s a record of %i bytes is an artifact alone', async (via, large, outputs, notices) => {
  await using service = await startResultsService();
  const env = {
    ACTIONS_RESULTS_URL: service.url,
    ACTIONS_RUNTIME_TOKEN: service.issue({ run: '1' }).token,
    GITHUB_SERVER_URL: 'https://github.com',
  };

  const outcome = await deliver({ via, outputs: { large: `${large}` }, env });

  expect(outcome).toMatchObject({ exitCode: 0, outputs });
  expect(service.artifacts().map(({ name }) => name)).toEqual([
    expect.stringMatching(/^oci-matrix-g-kvm-\w+-a2$/),
  ]);
  expect([...outcome.log.matchAll(/^::notice::(.*)$/gm)].map(([, text]) => text)).toEqual(notices);
});

test('a record that is too large for its only way is refused', async () => {
  const outcome = await deliver({ via: 'output', outputs: { large: '200000' } });

  expect(outcome.errors).toEqual([
    expect.stringMatching(
      /^\[INPUT_INVALID\] input "record": the record of leg kvm is too large for an output, .*\nSet "record" to artifact or both/,
    ),
  ]);
});
