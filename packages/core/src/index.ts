export { legName } from './absent-legs.ts';
export { type AggregateOptions, aggregate } from './aggregate.ts';
export { parseAllowedImages } from './allowed-images.ts';
export { annotateEntry } from './annotate-entry.ts';
export {
  type Annotation,
  type AnnotationLevel,
  annotationsAt,
  entryAnnotations,
  layerAnnotationsOf,
  parseAnnotationLines,
  parseLayerAnnotationLines,
} from './annotations.ts';
export { attestationSubject } from './attestation.ts';
export { blobsFromFiles, type FileInput } from './blobs-from-files.ts';
export { digestsByLeg, outputsByLeg } from './by-leg.ts';
export type { CarriedRecord } from './carried-record.ts';
export type { PublishingRun } from './converge/generation.ts';
export { intentPrefix } from './converge/intent-tag.ts';
export type { Pace } from './converge/pace.ts';
export { type CopyImageOptions, copyImage } from './copy-image.ts';
export { countPushed, type PushedCount } from './count-pushed.ts';
export { createRecord, type LegIdentity, type RecordContent } from './create-record.ts';
export { reserveDescriptorFile, writeDescriptorFile } from './descriptor-file.ts';
export { recordsOfDescriptorFiles } from './descriptor-file-records.ts';
export { parseEntryDigests } from './entries-of-digests.ts';
export type { EntryOutcome } from './entry-slot.ts';
export { MatrixError, type MatrixErrorCode, matrixErrorCodes } from './error.ts';
export { expandMatrix } from './expand-matrix.ts';
export { type Expectation, parseExpect } from './expect.ts';
export { type Blob, blobFromFile } from './file-blob.ts';
export { type GatherOptions, gatherRecords } from './gather-records.ts';
export { defaultIdentity, type Identity, identityText, parseIdentity } from './identity.ts';
export type { ImagePlan } from './image-plan.ts';
export type { IndexCopy, PublishedPlace } from './index-place.ts';
export {
  type AttachedLayersMeta,
  type AttachLayersMetaOptions,
  attachLayersMeta,
} from './layers/attach-layers-meta.ts';
export { type BudgetBreach, type CheckBudgetOptions, checkBudget } from './layers/check-budget.ts';
export type { LayersComparison, NamedLayer } from './layers/compare-layers.ts';
export { type FetchKnownLayersOptions, fetchKnownLayers } from './layers/fetch-known-layers.ts';
export { type FitEngine, fitEngines } from './layers/fit/app.ts';
export { type CheckFitOptions, checkFit } from './layers/fit/check-fit.ts';
export { type FitReport, fitReport } from './layers/fit/fit-report.ts';
export { type GatherFitOptions, gatherFit } from './layers/fit/gather-fit.ts';
export { parseBytes } from './layers/fit/parse-bytes.ts';
export { parseInstalled } from './layers/fit/parse-installed.ts';
export { refuseTooLarge } from './layers/fit/refuse-too-large.ts';
export { type FitVerdict, tightest, type VolumeVerdict } from './layers/fit/verdict.ts';
export type { Volume, Volumes } from './layers/fit/volume.ts';
export type { ImageToMeasure } from './layers/image-to-measure.ts';
export { layerModels } from './layers/layer-model.ts';
export {
  type LayersSummaryOptions,
  layersSummary,
  type PlatformSummary,
} from './layers/layers-summary.ts';
export type { LayersTotal } from './layers/layers-total.ts';
export {
  type LayerProgress,
  type MeasuredImage,
  type MeasuredPlatform,
  type MeasureImageOptions,
  measureImage,
} from './layers/measure-image.ts';
export {
  type MeasuredLayer,
  type MeasureLayerOptions,
  measureLayer,
} from './layers/measure-layer.ts';
export { type MeasuredUpdate, measureUpdate } from './layers/measure-update.ts';
export { measuredDocument } from './layers/measured-document.ts';
export {
  type AppContent,
  type AppContentOptions,
  appContent,
} from './layers-meta/app-content.ts';
export { architectureName } from './layers-meta/architecture-name.ts';
export {
  isPlatformLayersMeta,
  type LayerMeta,
  type LayerStore,
  type LayersMeta,
  layerStores,
  layersMetaOf,
  layersMetaText,
  type MergedLayersMeta,
  type PlatformLayersMeta,
  parseLayersMeta,
} from './layers-meta/layers-meta.ts';
export { measuredLayers } from './layers-meta/measured-layers.ts';
export { type MergedLayers, mergeLayersMeta } from './layers-meta/merge-layers-meta.ts';
export { parseAppImages } from './layers-meta/parse-app-images.ts';
export { type PushOlderAppOptions, pushOlderApp } from './layers-meta/push-older-app.ts';
export { readLayersMeta } from './layers-meta/read-layers-meta.ts';
export { legId, type Matrix, slugOf } from './leg.ts';
export { refuseOtherPlatform } from './matrix-platform.ts';
export { type MediaTypeMap, parseMediaTypes } from './media-type-map.ts';
export type { EntryChange } from './merge-index.ts';
export type { MovedTag } from './move-tags.ts';
export { type Needs, parseNeeds } from './needs.ts';
export { type AccessOptions, openClientFor } from './open-client.ts';
export { openLayout } from './open-layout.ts';
export {
  openSigner,
  openVerifierFor,
  type SignerChoice,
  type VerifierChoice,
} from './open-signer.ts';
export { openTargets, type Targets } from './open-targets.ts';
export { type NamedImage, otherImages, parseImage, parseImages, parseTags } from './parse-image.ts';
export { parseMountFrom } from './parse-mount-from.ts';
export { parseOutputs } from './parse-outputs.ts';
export { type ImageSource, parseSource } from './parse-source.ts';
export { parsePlainAnnotations } from './plain-annotations.ts';
export { type PlanArtifactOptions, planArtifact } from './plan-artifact.ts';
export { planLayout } from './plan-layout.ts';
export { planPushed } from './plan-pushed.ts';
export { planRelease } from './plan-release.ts';
export { type PlanRemoteOptions, planRemote } from './plan-remote.ts';
export type { Published } from './published.ts';
export { type PublishedImage, publishedIndex } from './published-index.ts';
export { type PushedBlob, pushBlobs } from './push-blobs.ts';
export { pushImage } from './push-image.ts';
export { type PushPlanOptions, pushPlan } from './push-plan.ts';
export {
  type LegRecord,
  parseRecord,
  type RecordedSignature,
  type RunIdentity,
  recordText,
} from './record.ts';
export { parseRecords, type Records } from './records.ts';
export { type OnMissing, refuseIncomplete } from './refuse-incomplete.ts';
export { parseSelectors, type Selector } from './remove-entries.ts';
export { resolveSubject } from './resolve-subject.ts';
export { parseManifestName, type Retagged, type RetagOptions, retag } from './retag.ts';
export type { GuardedRun } from './run-guard.ts';
export {
  type AttestationMode,
  attestationModes,
  type LoadBytes,
  settleAttestations,
} from './settle-attestations.ts';
export { addSignatures } from './signing/add-signatures.ts';
export { type FindSignaturesOptions, findSignatures } from './signing/find-signatures.ts';
export type { SignatureFormat } from './signing/formats.ts';
export type {
  RefuseUnsignedOptions,
  SignatureRule,
} from './signing/refuse-unsigned.ts';
export { resolveToSign } from './signing/resolve-to-sign.ts';
export { type SignManifestOptions, signManifest } from './signing/sign-manifest.ts';
export {
  recordedSignatures,
  type SignManifestsOptions,
  signManifests,
  type ToldSignature,
} from './signing/sign-manifests.ts';
export type { FoundSignature, StoredSignature } from './signing/stored-signature.ts';
export { type UpdatedIndex, type UpdateIndexOptions, updateIndex } from './update-index.ts';
