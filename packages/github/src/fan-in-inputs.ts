import { subjectInput, tagsInput } from './image-inputs.ts';
import { input } from './input.ts';
import { InputError } from './input-error.ts';

/** Which legs are meant, and where their records come from. */
export const collectInputs = <N, E, I>(
  parseNeeds: (text: string) => N,
  parseExpect: (text: string) => E,
  parseAllowedImages: (lines: readonly string[]) => I,
) => ({
  group: input.text({
    description:
      'Group of the legs. By default the repository of the image, or the only group there is.',
  }),
  needs: input.custom(
    {
      description:
        '`toJSON(needs)`: a job that failed fails this step, and records in the outputs of jobs are read.',
    },
    parseNeeds,
  ),
  expect: expectInput(parseExpect),
  'descriptor-files': descriptorFilesInput,
  'allow-images': input.lines(
    {
      description:
        'Images that records may name, one a line, where legs push to other repositories than that of the index, which gets what they pushed from there. A record that names another one is refused.',
    },
    parseAllowedImages,
  ),
  'run-id': input.integer({
    description:
      'Id of another run of this repository whose records to read, e.g. `github.event.workflow_run.id`; that of this run where it does not see its earlier attempts. The job needs `actions: read`.',
    min: 1,
  }),
});

/** What a missing leg does; `partial` says what an incomplete release may do. */
export const onMissingInput = (partial: string) =>
  input.choice(
    {
      description: `What a missing leg does: \`fail\`; \`keep-previous\`, the entry that it has from a release before stays; \`partial\`, ${partial}`,
      default: 'fail',
    },
    ['fail', 'keep-previous', 'partial'],
  );

/** The tags of an incomplete release. */
export const partialTagsInput = tagsInput({
  description:
    'For `on-missing: partial`, the tags that an incomplete release moves, one a line; the first names the index that it updates. A complete one moves them behind `tags`.',
});

/** Records that no artifact carries. */
export const descriptorFilesInput = input.lines({
  description:
    'Files with one OCI descriptor each, paths or glob patterns, one a line: they take the place of the records. `expect` says how many, or which.',
});

/** Which legs there must be, where the word of their records is not enough. */
export const expectInput = <E>(parse: (text: string) => E) =>
  input.custom(
    {
      description:
        'Which legs must be there: a number, leg names one a line, or the matrix as JSON. By default what the records say themselves.',
    },
    parse,
  );

interface IndexParsers<I, S, A> {
  readonly parseIdentity: (lines: readonly string[]) => I;
  readonly parseSelectors: (lines: readonly string[]) => S;
  readonly parseAnnotationLines: (lines: readonly string[]) => A;
}

/** How the index is made. */
export const indexInputs = <I, S, A>({
  parseIdentity,
  parseSelectors,
  parseAnnotationLines,
}: IndexParsers<I, S, A>) => ({
  tags: tagsInput({
    description:
      'Tags of the index, one a line: a tag alone, or a whole reference as docker/metadata-action prints it. The first names the index that is updated.',
    required: true,
  }),
  mode: input.choice(
    {
      description:
        '`merge` keeps what nobody replaces, `replace` leaves exactly these entries, `remove` takes entries out.',
      default: 'merge',
    },
    ['merge', 'replace', 'remove'],
  ),
  concurrent: input.boolean({
    description:
      'Set to `true` in all jobs that write to these tags at the same time, with the same first tag: no entry is lost then, and each job waits until that is sure.',
    default: 'false',
  }),
  identity: input.lines(
    {
      description:
        'What makes two entries the same entry: `platform`, `artifactType`, `annotations.<key>`, one a line. By default the first two.',
    },
    parseIdentity,
  ),
  remove: input.lines(
    {
      description:
        'For `mode: remove`, what to take out: a platform, a digest or `annotations.<key>=<value>`, one a line.',
    },
    parseSelectors,
  ),
  annotations: input.lines(
    {
      description:
        'Annotations of the index, one a line, as docker/metadata-action prints them; `manifest-descriptor[platform]:key=value` goes on an entry.',
    },
    parseAnnotationLines,
  ),
  subject: subjectInput(
    'Digest or tag, in the same image, of the manifest that the index refers to.',
  ),
});

/** What is known of the index afterwards. */
export const indexOutputs = {
  digest: 'Digest of the index.',
  index: 'The index as JSON, where it fits into an output.',
  'index-file': 'Path of the index as it was pushed.',
  json: 'What was published where, with every manifest, its leg and its attestations, by `schemas/published-v1.json`; where it fits into an output.',
  'json-file': 'Path of the same document, however large it is.',
  'protected-digests':
    'What no clean-up may delete while the tags are there, one digest a line: the index and every entry, attestations included; where they fit into an output.',
  references: 'JSON list of the references that name it: each tag, then the digest.',
  changed: '`true` if the index is another than the first tag named before.',
  added: 'How many entries are new.',
  replaced: 'How many entries took the place of another.',
  kept: 'How many entries stayed as they were.',
  removed: 'How many entries were taken out.',
} as const;

interface ModeInputs {
  readonly mode: 'merge' | 'replace' | 'remove';
  readonly remove: readonly unknown[];
}

/** Throws `InputError` where `mode` and `remove` contradict each other: one of them would count for nothing. */
export function refuseUnfitMode({ mode, remove }: ModeInputs): void {
  if ((mode === 'remove') === remove.length > 0) return;
  throw new InputError([
    {
      input: 'remove',
      reason: mode === 'remove' ? 'names nothing to take out' : `does nothing in mode ${mode}`,
      hint: 'Set "remove" together with "mode: remove", and leave out both otherwise.',
    },
  ]);
}

interface MissingInputs {
  readonly onMissing: 'fail' | 'keep-previous' | 'partial';
  /** Tags alone, or whole references. */
  readonly tags: readonly string[];
  readonly partialTags: readonly string[];
}

/** Throws `InputError` where `partial-tags` are for nothing, or would let an incomplete release move `tags`. */
export function refuseUnfitPartial({ onMissing, tags, partialTags }: MissingInputs): void {
  const own = new Set(tags.map(tagOf));
  const both = partialTags.map(tagOf).find((tag) => own.has(tag));
  if ((onMissing === 'partial') === partialTags.length > 0 && both === undefined) return;
  const nothing =
    onMissing === 'partial'
      ? 'are needed by on-missing: partial'
      : `do nothing with on-missing: ${onMissing}`;
  throw new InputError([
    {
      input: 'partial-tags',
      reason: both === undefined ? nothing : `have ${both}, which is one of "tags"`,
      hint: 'Set "partial-tags" together with "on-missing: partial", to tags that only an incomplete release may spoil.',
    },
  ]);
}

const tagOf = (line: string): string => line.slice(line.lastIndexOf(':') + 1);
