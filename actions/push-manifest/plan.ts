import { readFile } from 'node:fs/promises';
import {
  annotationsAt,
  appContent,
  blobFromFile,
  blobsFromFiles,
  type ImagePlan,
  layerAnnotationsOf,
  MatrixError,
  openLayout,
  type PlanArtifactOptions,
  parseSource,
  planArtifact,
  planLayout,
  planPushed,
  planRemote,
  resolveSubject,
  settleAttestations,
} from '@oci-matrix/core';
import type { Client, Repository } from '@oci-matrix/distribution';
import { expandFiles, InputError, type Inputs } from '@oci-matrix/github';
import { type Descriptor, formatReference, isImageConfigType } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

type PushInputs = Inputs<typeof contract>;

/** Names the one source that the inputs give; none and several are errors. */
export function sourceOf(inputs: PushInputs): 'files' | 'descriptors' | 'source' | 'digest' {
  const given = (['files', 'descriptors', 'source', 'digest'] as const).filter((name) =>
    name === 'files' ? inputs.files.length > 0 : inputs[name] !== undefined,
  );
  const [source, ...others] = given;
  if (source !== undefined && others.length === 0) return source;
  throw new InputError([
    {
      input: source ?? 'files',
      reason:
        source === undefined
          ? 'no source was given'
          : `there are ${given.length} sources: ${given.join(', ')}`,
      hint: 'Give exactly one of files, descriptors, source and digest.',
    },
  ]);
}

/** What to push, and where else its blobs may be. */
export interface PlannedSource {
  readonly plan: ImagePlan;
  /** True where its bytes come from a registry. */
  readonly remote: boolean;
  /** A repository of the same registry that has all of it. */
  readonly mountFrom: readonly string[];
  /** True of an App of the older form, whose documents are no manifests of a specification. */
  readonly older?: boolean;
  /** Architectures of an App's metadata that some image of it is not for. */
  readonly without?: readonly string[];
}

/** What to push, all of it checked before the first byte leaves. */
export async function planFor(
  inputs: PushInputs,
  client: Client,
  repository: Repository,
): Promise<PlannedSource> {
  const source = sourceOf(inputs);
  const here = { remote: false, mountFrom: [] };
  if (source === 'files' || source === 'descriptors') {
    return { ...(await planNew(inputs, client, repository)), ...here };
  }
  refuseForPrebuilt(inputs, source);
  const planned =
    inputs.digest === undefined
      ? await planSource(inputs, client)
      : { plan: await planPushed(repository, inputs.digest, inputs.platform), ...here };
  // What the plan does not have is in the repository, since the digest of a manifest there was given.
  const load = async ({ digest }: Descriptor): Promise<Uint8Array> =>
    (await repository.manifests.fetch(digest))?.bytes ?? refuseUnknown(inputs, digest);
  return { ...planned, plan: await settleAttestations(planned.plan, inputs.attestations, load) };
}

function refuseUnknown({ image }: PushInputs, digest: string): never {
  throw new MatrixError('MANIFEST_UNKNOWN', `${formatReference(image)} has no manifest ${digest}`);
}

async function planSource(inputs: PushInputs, client: Client): Promise<PlannedSource> {
  const { source = '', image, platform, attestations } = inputs;
  const parsed = parseSource(source);
  if (parsed.kind !== 'repository') {
    const plan = await planLayout(await openLayout(source), platform);
    return { plan, remote: false, mountFrom: [] };
  }
  const { reference } = parsed;
  const { registry, repository } = reference;
  const from = client.repository({ registry, repository });
  const plan = await planRemote({ from, reference, platform, referrers: attestations !== 'none' });
  return { plan, remote: true, mountFrom: registry === image.registry ? [repository] : [] };
}

async function planNew(
  inputs: PushInputs,
  client: Client,
  repository: Repository,
): Promise<Pick<PlannedSource, 'plan' | 'older' | 'without'>> {
  refuseOlderReferrer(inputs);
  const files = await expandFiles(inputs.files, process.cwd());
  const config = await configOf(inputs);
  const titledAnnotations = layerAnnotationsOf(inputs.annotations);
  const { without, ...content } = await appContent({
    ...{ titledAnnotations, client },
    blobs: await blobsFromFiles({ ...inputs, files }),
    onlyLayersOf: inputs.onlyLayersOf,
    older: inputs.layersManifests,
  });
  const plan = planArtifact({
    ...content,
    titledAnnotations,
    present: inputs.descriptors ?? [],
    ...config,
    artifactType: inputs.artifactType,
    annotations: annotationsAt(inputs.annotations, undefined, 'manifest'),
    layerAnnotations: inputs.layerAnnotations,
    configAnnotations: inputs.configAnnotations,
    subject: inputs.subject ? await resolveSubject(repository, inputs.subject) : undefined,
    platform: inputs.platform,
  });
  return { plan, older: inputs.layersManifests, without };
}

// Nobody looks for a subject in what is no manifest.
function refuseOlderReferrer({ layersManifests, subject }: PushInputs): void {
  if (!layersManifests || subject === undefined) return;
  throw new InputError([
    {
      input: 'subject',
      reason: 'cannot go with "layers-manifests"',
      hint: 'Leave one of them out: an App of the older form refers to nothing.',
    },
  ]);
}

async function configOf(
  inputs: PushInputs,
): Promise<Pick<PlanArtifactOptions, 'config' | 'configBytes'>> {
  if (inputs.config === undefined) return {};
  const [file, ...others] = await expandFiles([inputs.config], process.cwd(), 'config');
  if (file?.mediaType === undefined || others.length > 0) {
    const reason = others.length > 0 ? `names ${others.length + 1} files` : 'has no media type';
    throw new InputError([
      {
        input: 'config',
        reason: `${JSON.stringify(inputs.config)} ${reason}`,
        hint: 'Write path:type/subtype of one file, e.g. config.json:application/vnd.oci.image.config.v1+json.',
      },
    ]);
  }
  const config = await blobFromFile(file.path, file.mediaType);
  return isImageConfigType(file.mediaType)
    ? { config, configBytes: await readFile(file.path) }
    : { config };
}

// Bytes that another tool made are pushed as they are: what would change them is refused, never dropped.
function refuseForPrebuilt(inputs: PushInputs, source: string): void {
  const levels = inputs.annotations.map(({ level }) => level);
  const inside = Object.keys({ ...inputs.layerAnnotations, ...inputs.configAnnotations });
  const isOutside = (level: string | undefined) =>
    level === 'index' || level === 'manifest-descriptor';
  if (inside.length > 0 || !levels.every(isOutside)) {
    throw new MatrixError(
      'ANNOTATION_INVALID',
      `annotations for the manifest cannot go with "${source}": its digest would change`,
      {
        hint: 'Annotate the image where it is built, or its entry in the index with manifest-descriptor:key=value.',
      },
    );
  }
  const unfit = Object.entries({
    'artifact-type': inputs.artifactType !== undefined,
    config: inputs.config !== undefined,
    subject: inputs.subject !== undefined,
    'only-layers-of': inputs.onlyLayersOf.length > 0,
    'layers-manifests': inputs.layersManifests,
  }).find(([, given]) => given);
  if (unfit === undefined) return;
  throw new InputError([
    {
      input: unfit[0],
      reason: `cannot go with "${source}": the manifest is made already`,
      hint: `Leave it out, or push with "files".`,
    },
  ]);
}
