import type { RepositoryName } from '@oci-matrix/oci';
import { fitsOutput } from './output-size.ts';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

interface WrittenIndex {
  readonly image: RepositoryName;
  readonly descriptor: { readonly digest: string };
  readonly bytes: Uint8Array;
  readonly changed: boolean;
  readonly changes: readonly { readonly outcome: string }[];
  readonly tags: readonly { readonly tag: string }[];
}

/** The values of `indexOutputs`. */
export async function indexResult(
  { image, descriptor, bytes, changed, changes, tags }: WrittenIndex,
  { env }: Pick<RunContext, 'env'>,
) {
  const count = (outcome: string): number =>
    changes.filter((change) => change.outcome === outcome).length;
  const text = new TextDecoder().decode(bytes);
  const where = `${image.registry}/${image.repository}`;
  const name = `oci-matrix-index-${descriptor.digest.slice(-12)}.json`;
  return {
    digest: descriptor.digest,
    index: fitsOutput(text) ? text : undefined,
    indexFile: await writeTemporary(name, bytes, env),
    references: [...tags.map(({ tag }) => `${where}:${tag}`), `${where}@${descriptor.digest}`],
    changed,
    added: count('added'),
    replaced: count('replaced'),
    kept: count('kept'),
    removed: count('removed'),
  };
}
