import { isMediaType, type RepositoryName } from '@oci-matrix/oci';
import { type Input, input } from './input.ts';
import { InputError } from './input-error.ts';

/** Where to push; never with a tag. */
export const imageInput = (parse: (text: string) => RepositoryName): Input<RepositoryName> =>
  input.custom(
    { description: 'Registry and repository, e.g. `ghcr.io/acme/app`.', required: true },
    parse,
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
