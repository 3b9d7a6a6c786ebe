import { isDigest, isMediaType, isTag, parseReference, type RepositoryName } from '@oci-matrix/oci';
import { type Input, type InputOptions, input } from './input.ts';
import { InputError } from './input-error.ts';

/** Where to push; never with a tag. */
export const imageInput = (parse: (text: string) => RepositoryName): Input<RepositoryName> =>
  input.custom(
    { description: 'Registry and repository, e.g. `ghcr.io/acme/app`.', required: true },
    (text, name) => {
      const image = parse(text);
      // A name alone would be an official image of Docker Hub, which nobody can push.
      if (text.includes('/')) return image;
      throw new InputError([
        {
          input: name,
          reason: `${JSON.stringify(text)} does not have both a registry and a repository`,
          hint: 'Write registry/repository, e.g. ghcr.io/acme/app.',
        },
      ]);
    },
  );

/** A media type, or nothing. */
export const mediaTypeInput = (description: string): Input<string | undefined> =>
  input.custom({ description }, (text, name) => {
    if (isMediaType(text)) return text;
    throw new InputError([
      {
        input: name,
        reason: `${JSON.stringify(text)} is not a media type`,
        hint: 'Write type/subtype, e.g. application/vnd.acme.disk.',
      },
    ]);
  });

/** A manifest of the same image that a new one refers to, or nothing. */
export const subjectInput = (description: string): Input<string | undefined> =>
  input.custom({ description }, (text, name) => {
    if (isDigest(text) || isTag(text)) return text;
    throw new InputError([
      {
        input: name,
        reason: `${JSON.stringify(text)} is neither a digest nor a tag`,
        hint: 'Write a digest, sha256:…, or a tag of the same image.',
      },
    ]);
  });

/** Tags, alone or in whole references; whether they are of the right image shows when the image is known. */
export const tagsInput = (
  options: Pick<InputOptions, 'description' | 'required'>,
): Input<readonly string[]> =>
  input.lines(options, (lines) => {
    for (const line of lines) refuseNoTag(line);
    return lines;
  });

function refuseNoTag(line: string): void {
  // As an expression leaves it that was empty: "1.0-" is what became of "1.0-${{ … }}" in a job that ran again without its inputs.
  if (/[-_.]$/.test(line)) throw endless(line);
  if (isTag(line)) return;
  if (/[:/]/.test(line)) {
    parseReference(line);
    return;
  }
  throw new InputError([
    {
      input: 'tags',
      reason: `${JSON.stringify(line)} is not a tag`,
      hint: 'Write 1 to 128 letters, digits, "_", "." and "-", with none of the last two in front; one tag a line.',
    },
  ]);
}

const endless = (line: string): InputError =>
  new InputError([
    {
      input: 'tags',
      reason: `${JSON.stringify(line)} ends as if something were missing behind it`,
      hint: 'Look whether an expression in it is empty, as outputs of a job are that was skipped or whose value GitHub masked.',
    },
  ]);

/** Where blobs may be already, beside the image itself. */
export const mountFromInput = input.lines({
  description:
    'Repositories of the same registry that may have the blobs, one a line, e.g. that of the base image: from there they are mounted, not sent.',
});

/** How files get their media types. */
export const fileInputs = <T>(parse: (lines: readonly string[]) => T) => ({
  'media-types': input.lines(
    {
      description:
        'Media types by the end of a file name, `suffix=type/subtype`, one a line; the longest suffix wins.',
    },
    parse,
  ),
  'default-media-type': mediaTypeInput('Media type of files that nothing else names one for.'),
});

/** How a leg's record travels. */
export const recordInput = input.choice(
  {
    description:
      'How the record travels to the fan-in: by `artifact`, by the step `output`, by `both`, or not at all (`none`).',
    default: 'both',
  },
  ['artifact', 'output', 'both', 'none'],
);
