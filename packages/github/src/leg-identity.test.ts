import { expect, test } from 'vitest';
import { legIdentity } from './leg-identity.ts';
import { workflowRun } from './run-context.ts';

const inputs = {
  group: undefined,
  leg: undefined,
  legIndex: 2,
  legTotal: 5,
  matrix: { arch: 'arm64' },
  runAttempt: 3,
  checkRunId: '77',
};
const context = {
  run: workflowRun({
    GITHUB_RUN_ID: '19',
    GITHUB_RUN_NUMBER: '4',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'push',
    GITHUB_SHA: 'c0ffee',
  }),
};

test('a leg is what the hidden inputs say, in the run that the environment names', () => {
  expect(legIdentity(inputs, context, 'acme/app')).toEqual({
    group: 'acme/app',
    leg: undefined,
    index: 2,
    total: 5,
    matrix: { arch: 'arm64' },
    run: { id: '19', number: 4, attempt: 3, job: 'push', checkRunId: '77', commit: 'c0ffee' },
  });
});

test('a name that the user gave comes first, for the group and for the leg', () => {
  const named = { ...inputs, group: 'cloud', leg: 'kvm' };

  expect(legIdentity(named, context, 'acme/app')).toMatchObject({ group: 'cloud', leg: 'kvm' });
});

test.each([[null], [[]], ['words'], [7]])('a matrix of %j is none', (matrix) => {
  expect(legIdentity({ ...inputs, matrix }, context, 'app').matrix).toBeNull();
});

test('what the platform does not know is left out, and everything has a name', () => {
  const bare = { run: workflowRun({}) };

  const identity = legIdentity({ ...inputs, checkRunId: '', leg: '' }, bare, '');

  expect(identity).toMatchObject({ group: 'default', leg: undefined });
  expect(identity.run).toEqual({ id: '0', number: 0, attempt: 3, job: 'job' });
});
