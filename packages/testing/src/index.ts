export type { Auth } from './registry/authorization.ts';
export { type Capabilities, completeCapabilities } from './registry/capabilities.ts';
export type { Fault } from './registry/faults.ts';
export type { Profile } from './registry/profiles/profile.ts';
export { type ProfileName, profileNames, profiles } from './registry/profiles/profiles.ts';
export type { PushedManifest, Registry, RegistryOptions } from './registry/registry.ts';
export type { RequestRecord, Statistics } from './registry/request-log.ts';
export { startRegistry } from './registry/start-registry.ts';
export type { IdOrder } from './results/artifact-ids.ts';
export type { SameName } from './results/artifact-store.ts';
export { backendIdOf } from './results/backend-id.ts';
export type { Fault as ServiceFault, Operation as ServiceOperation } from './results/faults.ts';
export {
  type Artifact,
  type ResultsService,
  type ResultsServiceOptions,
  startResultsService,
} from './results/service.ts';
export { zipOf } from './results/zip.ts';
export { readAction } from './runner/action.ts';
export {
  type ActionEnvironment,
  type ActionEnvironmentOptions,
  actionEnvironment,
} from './runner/action-environment.ts';
export { InvalidWorkflowError, StepError, UnsupportedError } from './runner/error.ts';
export type { FailPoint } from './runner/host.ts';
export { signIdToken } from './runner/id-token.ts';
export {
  type IdTokenAccess,
  type IdTokenService,
  startIdTokenService,
} from './runner/id-token-service.ts';
export { type LoadedWorkflow, loadWorkflow } from './runner/load.ts';
export type { AttemptOptions, RunOptions } from './runner/options.ts';
export { temporaryRepository } from './runner/repository.ts';
export type {
  Annotation,
  Conclusion,
  JobResult,
  RunEvent,
  StepResult,
} from './runner/result.ts';
export { type Run, runWorkflow } from './runner/run.ts';
export { type ActionResult, type RunActionOptions, runAction } from './runner/run-action.ts';
export { type TemporaryDirectory, temporaryDirectory } from './runner/temporary.ts';
export type { SigstoreFault, SigstoreService } from './sigstore/fault.ts';
export { type Sigstore, startSigstore } from './sigstore/start-sigstore.ts';
