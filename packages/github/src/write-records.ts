import { canonicalText, digestOf, encodedOf } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

/** Writes the records of a group where a later step finds them: in a file of its own for each group. */
export const writeRecords = (
  records: { readonly group: string },
  env: RunContext['env'],
): Promise<string> => writeTemporary(nameOf('records', records), canonicalText(records), env);

/** The layer metadata of all legs, as far as it is to be written. */
interface LayersMeta {
  readonly text: string;
  /** Architectures of several variants, which have no entry of that name alone. */
  readonly shared: readonly string[];
}

/** Writes the layer metadata of a group, and warns of devices that will not find theirs; undefined where no leg measured. */
export async function writeLayersMeta(
  records: { readonly group: string },
  merged: LayersMeta | undefined,
  { log, env }: Pick<RunContext, 'log' | 'env'>,
): Promise<string | undefined> {
  if (merged === undefined) return undefined;
  for (const name of merged.shared) {
    log.warning(
      `the layer metadata has several variants of ${name}: devices that look for ${name} alone find nothing, and estimate`,
    );
  }
  const file = await writeTemporary(nameOf('layers-meta', records), merged.text, env);
  log.info(`wrote ${file}`);
  return file;
}

function nameOf(kind: string, { group }: { readonly group: string }): string {
  // A group may have characters that no file name has, and must not meet another there.
  const mark = encodedOf(digestOf(group)).slice(0, 8);
  return `oci-matrix-${kind}-${group.slice(0, 100)}-${mark}.json`;
}
