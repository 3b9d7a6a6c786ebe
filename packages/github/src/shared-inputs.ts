import { expression } from './expression.ts';
import { input } from './input.ts';

/** What every action that talks to a registry takes; a contract spreads it behind its own inputs. */
export const registryInputs = {
  username: input.text({
    description: 'User name at the registry. Without it, the logins of the Docker config apply.',
  }),
  password: input.text({
    description: 'Password or access token that belongs to `username`.',
    secret: true,
  }),
  token: input.text({
    description: 'GitHub token. It goes to ghcr.io and to no other registry.',
    default: expression('github.token'),
    secret: true,
  }),
  concurrency: input.integer({
    description: 'How many transfers at a time.',
    default: '4',
    min: 1,
    max: 64,
  }),
  'timeout-minutes': input.integer({
    description: 'Minutes until the step gives up; 0 for no limit.',
    default: '60',
    max: 10_000,
  }),
  'plain-http': input.boolean({
    description: 'Talk http without TLS to a registry that is not on this machine.',
    default: 'false',
  }),
  'dry-run': input.boolean({
    description: 'Compute everything, and write nothing.',
    default: 'false',
  }),
};

/** What tells the legs of a matrix apart; the hidden ones fill themselves. */
export const legInputs = {
  group: input.text({
    description:
      'Name shared by the legs of one index. By default the repository of the image, or, without an image, the job.',
  }),
  leg: input.text({
    description: 'Name of this leg. By default it comes from the values of the matrix.',
  }),
  'leg-index': input.integer({
    description: 'Position of this leg in the matrix, from 0.',
    default: expression('strategy.job-index'),
    hidden: true,
  }),
  'leg-total': input.integer({
    description: 'How many legs the matrix has.',
    default: expression('strategy.job-total'),
    hidden: true,
    min: 1,
  }),
  matrix: input.json({
    description: 'The values of the matrix in this leg, as JSON.',
    default: expression('toJSON(matrix)'),
    hidden: true,
  }),
  'run-attempt': input.integer({
    description: 'Which attempt of the run this is, from 1.',
    default: expression('github.run_attempt'),
    hidden: true,
    min: 1,
  }),
  'check-run-id': input.text({
    description: 'Check run of this job; empty where the server has none.',
    default: expression('job.check_run_id'),
    hidden: true,
  }),
};
