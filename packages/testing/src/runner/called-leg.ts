import { callInputs, callOutputs, callSecrets } from './call.ts';
import type { Group } from './group.ts';
import type { RunHost } from './host.ts';
import type { NamedLegRun } from './leg.ts';
import { allJobs, combineResults, type LegOutcome, resultsContext } from './outcome.ts';
import { mayAskForIdTokens, refuseGreedy } from './permissions.ts';
import { runWorkflowJobs, workflowEnv } from './schedule.ts';
import type { CallJob } from './workflow.ts';

/** A leg that calls a workflow. */
export interface CalledLegRun extends NamedLegRun {
  readonly spec: CallJob;
}

/** Runs the jobs of a called workflow, with its own inputs and secrets, for one leg of the caller. */
export async function runCalledLeg(
  host: RunHost,
  { call }: Group,
  { spec, leg, previous, signal, contexts, name }: CalledLegRun,
): Promise<LegOutcome> {
  const callee = call.called.get(spec.ref);
  if (callee === undefined) {
    throw new ReferenceError(`the workflow ${spec.ref} was not loaded`);
  }
  const idToken = mayAskForIdTokens(spec, call.workflow, call.idToken);
  refuseGreedy(callee, idToken);
  const inputs = callInputs(spec, callee, { contexts });
  const withSecrets = { ...contexts, secrets: call.secrets };
  const secrets = callSecrets(spec, call.secrets, { contexts: withSecrets });
  const { github } = call;
  const earlier = previous?.legs.find(({ index }) => index === leg.index)?.called;

  const called = await runWorkflowJobs(
    host,
    {
      workflow: callee,
      called: call.called,
      github,
      inputs,
      secrets,
      idToken,
      signal,
      env: workflowEnv(callee, host, { github, inputs, secrets }),
      prefix: { path: `${call.prefix.path}${spec.id}/`, name: `${name} / ` },
    },
    earlier,
  );

  const jobs = resultsContext(called.values());
  const results = [...called.values()].map(({ result }) => asLeg(result));
  return {
    index: leg.index,
    conclusion: combineResults(results),
    isForgiven: false,
    outputs: callOutputs(callee, { contexts: { github, inputs, vars: host.vars, jobs } }),
    jobs: allJobs(called),
    called,
  };
}

const asLeg = (conclusion: LegOutcome['conclusion']): LegOutcome => ({
  index: 0,
  conclusion,
  isForgiven: false,
  outputs: {},
  jobs: [],
  called: undefined,
});
