import { subjectInput, tagsInput } from './image-inputs.ts';
import { input } from './input.ts';
import { InputError } from './input-error.ts';

/** Which legs are meant, and where their records come from. */
export const collectInputs = <N, E>(
  parseNeeds: (text: string) => N,
  parseExpect: (text: string) => E,
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
