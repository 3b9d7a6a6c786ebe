import { gatherRecords, otherImages, parseTags, planRelease, type Records } from '@oci-matrix/core';
import {
  collectRecords,
  expandFiles,
  type Inputs,
  type RunContext,
  refuseUnfitPartial,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderIncomplete } from './summary.ts';

export interface Plan {
  /** Lines of those that may move. */
  readonly tags: readonly string[];
  /** What may be published. */
  readonly records?: Records;
  /** What was found, and what is missing. */
  readonly found?: Records;
}

/** Reads what the legs handed over, and says what may be published under which tags. */
export async function planOf(inputs: Inputs<typeof contract>, context: RunContext): Promise<Plan> {
  const { onMissing, needs, mode, tags, partialTags } = inputs;
  refuseUnfitPartial({
    onMissing,
    tags: tagsOf(tags, inputs),
    partialTags: tagsOf(partialTags, inputs),
  });
  if (mode === 'remove') return { tags };

  const found = await recordsOf(inputs, context);
  const { group, complete, records } = found;
  try {
    const release = planRelease({ records: found, needs, onMissing, tags, partialTags });
    if (complete) context.log.info(`all ${records.length} legs of ${group} are there`);
    return { ...release, found };
  } catch (error) {
    await context.summarise(renderIncomplete(inputs, found));
    throw error;
  }
}

function tagsOf(lines: readonly string[], { image, images }: Inputs<typeof contract>): string[] {
  const names = [image, ...otherImages(images, image).map((other) => other.image)];
  return names.flatMap((name) => parseTags(lines, name, names));
}

async function recordsOf(inputs: Inputs<typeof contract>, context: RunContext): Promise<Records> {
  const { needs, image } = inputs;
  const group = inputs.group ?? image.repository;
  const hasOthers = needs !== undefined && needs.records.length > 0;
  return gatherRecords({
    ...inputs,
    group,
    expected: inputs.expect,
    allowed: [image, ...inputs.images.map((other) => other.image), ...inputs.allowImages],
    files: await expandFiles(inputs.descriptorFiles, process.cwd(), 'descriptor-files'),
    run: context.run,
    collect: (isComplete) => collectRecords({ ...inputs, group, hasOthers, isComplete }, context),
    onUnreadable: (error) => context.log.warning(error.message),
  });
}
