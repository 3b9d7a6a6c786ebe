import {
  annotateEntry,
  countPushed,
  createRecord,
  type ImagePlan,
  type MergedLayersMeta,
  measuredLayers,
  openClientFor,
  parseMountFrom,
  parseTags,
  pushOlderApp,
  pushPlan,
  type RecordContent,
  refuseOtherPlatform,
  reserveDescriptorFile,
  writeDescriptorFile,
} from '@oci-matrix/core';
import {
  clientContext,
  deliverRecord,
  type Inputs,
  legIdentity,
  type Run,
  type RunContext,
  uploadLog,
} from '@oci-matrix/github';
import { type Descriptor, formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { planFor, sourceOf } from './plan.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { log } = context;
  sourceOf(inputs);
  const tags = parseTags(inputs.tags, inputs.image);
  const mountFrom = parseMountFrom(inputs.mountFrom, inputs.image);
  const identity = legIdentity(inputs, context, inputs.image.repository);
  tellOfIndexAnnotations(inputs, context);
  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const repository = client.repository(inputs.image, { writes: !inputs.dryRun });

  const { plan, ...source } = await planFor(inputs, client, repository);
  for (const key of source.without ?? []) {
    log.warning(`the App is not for ${key}: not all images in only-layers-of are`);
  }
  // Who names the platform means it, whatever else the matrix calls by that name.
  if (inputs.platform === undefined) refuseOtherPlatform(plan, identity.matrix);
  // Made before the push: what no fan-in could read is refused while nothing is written.
  const layers = await measuredLayers(inputs.layersMetaFile, plan);
  const planned = createRecord(identity, contentOf(plan, inputs, layers), new Date());
  const file = inputs.descriptorFile;
  if (file !== undefined) await reserveDescriptorFile(file, plan.root);
  const push = source.older ? pushOlderApp : pushPlan;
  const pushed = inputs.dryRun
    ? []
    : await push({
        repository,
        plan,
        tags,
        mountFrom: [...new Set([...source.mountFrom, ...mountFrom])],
        remote: source.remote,
        concurrency: inputs.concurrency,
        onPushed: uploadLog(log, plan.blobs.length),
      });

  const record = { ...planned, finishedAt: new Date().toISOString() };
  const { descriptor = plan.root } = record;
  const reference = formatReference({ ...inputs.image, digest: descriptor.digest });
  if (file !== undefined) await writeDescriptorFile(file, descriptor);
  log.info(`${inputs.dryRun ? 'would push' : 'pushed'} ${reference}`);
  const counts = countPushed(pushed);
  return {
    outputs: {
      digest: descriptor.digest,
      descriptor,
      reference,
      record: await deliverRecord(record, inputs.record, context),
      ...counts,
    },
    summary: renderSummary({ inputs, plan, reference, tags, counts, leg: record.leg }),
  };
};

// One list of annotations often serves the legs and the fan-in; what only the latter can use is not lost in silence.
function tellOfIndexAnnotations(
  { annotations }: Inputs<typeof contract>,
  { log }: RunContext,
): void {
  const keys = annotations.filter(({ level }) => level === 'index').map(({ key }) => key);
  if (keys.length === 0) return;
  log.notice(`annotations of the index are for publish or update-index: ${keys.join(', ')}`);
}

// What the user says of the entry in the index travels in the descriptor.
function contentOf(
  { root, children }: ImagePlan,
  { image, annotations, outputs = {} }: Inputs<typeof contract>,
  layers: MergedLayersMeta | undefined,
): RecordContent {
  const withOwn = (descriptor: Descriptor) => annotateEntry(descriptor, annotations);
  return {
    image: formatReference(image),
    descriptor: withOwn(root),
    ...(children === undefined ? {} : { children: children.map(withOwn) }),
    ...(layers === undefined ? {} : { layers }),
    outputs,
  };
}
