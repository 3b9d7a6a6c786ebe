import { canonicalText, digestOf } from '@oci-matrix/oci';
import { fitsOutput } from './output-size.ts';
import { announcePublished } from './published-subjects.ts';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

interface WrittenIndex {
  readonly bytes: Uint8Array;
  readonly changes: readonly { readonly outcome: string }[];
  /** The document of `schemas/published-v1.json`. */
  readonly published: {
    readonly digest: string;
    readonly changed: boolean;
    readonly dryRun: boolean;
    readonly images: readonly {
      readonly image: string;
      readonly tags: readonly { readonly tag: string }[];
      readonly failure?: string | undefined;
    }[];
    readonly protected: readonly string[];
  };
}

/** The values of `indexOutputs`. Where the runner collects what a job made, it is told of the index. */
export async function indexResult(
  { bytes, changes, published }: WrittenIndex,
  context: Pick<RunContext, 'env' | 'log'>,
) {
  const { digest, changed, images } = published;
  const count = (outcome: string): number =>
    changes.filter((change) => change.outcome === outcome).length;
  const json = canonicalText(published);
  const protectedDigests = published.protected.join('\n');
  if (!fitsOutput(protectedDigests)) {
    context.log.warning(
      `${published.protected.length} digests do not fit into the output "protected-digests": read "protected" in the file that "json-file" names`,
    );
  }
  await announcePublished(published, context);
  // Named by its content: two steps may publish one index to two images.
  const write = (kind: string, content: Uint8Array): Promise<string> => {
    const name = `oci-matrix-${kind}-${digestOf(content).slice(-12)}.json`;
    return writeTemporary(name, content, context.env);
  };
  return {
    digest,
    index: unlessTooLarge(new TextDecoder().decode(bytes)),
    indexFile: await write('index', bytes),
    json: unlessTooLarge(json),
    jsonFile: await write('published', new TextEncoder().encode(json)),
    protectedDigests: unlessTooLarge(protectedDigests),
    references: images
      .filter(({ failure }) => failure === undefined)
      .flatMap(({ image, tags }) => [
        ...tags.map(({ tag }) => `${image}:${tag}`),
        `${image}@${digest}`,
      ]),
    changed,
    added: count('added'),
    replaced: count('replaced'),
    kept: count('kept'),
    removed: count('removed'),
  };
}

const unlessTooLarge = (text: string): string | undefined => (fitsOutput(text) ? text : undefined);
