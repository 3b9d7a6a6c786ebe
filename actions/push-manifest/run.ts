import { homedir } from 'node:os';
import {
  countPushed,
  createRecord,
  entryAnnotations,
  type ImagePlan,
  openClientFor,
  parseTags,
  pushImage,
} from '@oci-matrix/core';
import {
  clientLog,
  deliverRecord,
  type Inputs,
  legIdentity,
  type Run,
  uploadLog,
} from '@oci-matrix/github';
import { type Descriptor, formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { planFor, sourceOf } from './plan.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { signal, log, env } = context;
  sourceOf(inputs);
  const tags = parseTags(inputs.tags, inputs.image);
  await using client = openClientFor({
    ...inputs,
    env,
    home: homedir(),
    signal,
    onEvent: clientLog(log),
  });
  const repository = client.repository(inputs.image);

  const plan = await planFor(inputs, repository);
  const pushed = inputs.dryRun
    ? []
    : await pushImage({
        repository,
        plan,
        tags,
        concurrency: inputs.concurrency,
        onPushed: uploadLog(log, plan.blobs.length),
      });

  const { descriptor, children } = annotated(plan, inputs);
  const record = createRecord(
    legIdentity(inputs, context, inputs.image.repository),
    {
      image: formatReference(inputs.image),
      descriptor,
      ...(children === undefined ? {} : { children }),
      outputs: inputs.outputs ?? {},
    },
    new Date(),
  );
  const reference = formatReference({ ...inputs.image, digest: descriptor.digest });
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

// What the user says of the entry in the index travels in the descriptor.
function annotated(
  { root, children }: ImagePlan,
  { annotations }: Inputs<typeof contract>,
): { descriptor: Descriptor; children?: Descriptor[] } {
  const withOwn = (descriptor: Descriptor): Descriptor => {
    const own = {
      ...descriptor.annotations,
      ...entryAnnotations(annotations, descriptor.platform),
    };
    return Object.keys(own).length === 0 ? descriptor : { ...descriptor, annotations: own };
  };
  return {
    descriptor: withOwn(root),
    ...(children === undefined ? {} : { children: children.map(withOwn) }),
  };
}
