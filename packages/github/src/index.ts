export { ArtifactError } from './artifacts/artifact-error.ts';
export type { DownloadedRecord } from './artifacts/download-record.ts';
export {
  type DownloadRecordsOptions,
  downloadRecords,
  type OtherRun,
} from './artifacts/download-records.ts';
export {
  type UploadedRecord,
  type UploadRecordOptions,
  uploadRecord,
} from './artifacts/upload-record.ts';
export { type CamelCase, camelCase } from './camel-case.ts';
export { clientContext } from './client-context.ts';
export { collectRecords } from './collect-records.ts';
export {
  type ActionContract,
  type Branding,
  defineAction,
  type Inputs,
  type Outputs,
} from './contract.ts';
export { deliverRecord } from './deliver-record.ts';
export type { ErrorCode } from './error-code.ts';
export { expression } from './expression.ts';
export {
  collectInputs,
  descriptorFilesInput,
  expectInput,
  indexInputs,
  indexOutputs,
  onMissingInput,
  partialTagsInput,
  refuseUnfitMode,
  refuseUnfitPartial,
} from './fan-in-inputs.ts';
export { expandFiles, type ListedFile } from './files.ts';
export { hintFor } from './hint-subject.ts';
export { type Hint, hints } from './hints.ts';
export {
  fileInputs,
  imageInput,
  mediaTypeInput,
  mountFromInput,
  recordInput,
  subjectInput,
  tagsInput,
} from './image-inputs.ts';
export { indexResult } from './index-result.ts';
export { type Input, type InputOptions, input } from './input.ts';
export { InputError, type Offence } from './input-error.ts';
export { legIdentity } from './leg-identity.ts';
export { writeLegOutputs } from './leg-outputs.ts';
export type { Log } from './log.ts';
export {
  type Content,
  code,
  details,
  formatSize,
  heading,
  line,
  link,
  list,
  type Markup,
  renderMarkdown,
  table,
  text,
} from './markdown.ts';
export { fitsOutput } from './output-size.ts';
export { uploadLog } from './progress.ts';
export { readRecordsFile } from './read-records-file.ts';
export { guardedRun, releaseInputs } from './release-inputs.ts';
export {
  blobSummary,
  indexSummary,
  legSummary,
  publishedTitle,
} from './release-summary.ts';
export { type Run, type RunResult, runAction } from './run-action.ts';
export type { RunContext, WorkflowRun } from './run-context.ts';
export type { Secrets } from './secrets.ts';
export { legInputs, registryInputs } from './shared-inputs.ts';
export { signatureOutputs, signatureResult, signatureSummary } from './signature-result.ts';
export {
  type SignerOptions,
  signerOptions,
  type VerifierOptions,
  verifierOptions,
} from './signer-options.ts';
export {
  formatsOf,
  requireSignaturesInput,
  signingInputs,
  trustInputs,
  verifierInputs,
} from './signing-inputs.ts';
export { warnOfUpdate } from './warn-of-update.ts';
export { writeLayersMeta, writeRecords } from './write-records.ts';
export { writeTemporary } from './write-temporary.ts';
