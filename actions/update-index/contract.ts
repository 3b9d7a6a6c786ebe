import {
  parseAnnotationLines,
  parseExpect,
  parseIdentity,
  parseImage,
  parseRecords,
  parseSelectors,
} from '@oci-matrix/core';
import {
  defineAction,
  expectInput,
  imageInput,
  indexInputs,
  indexOutputs,
  input,
  mediaTypeInput,
  registryInputs,
} from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Update an index',
  description: 'Merges what the legs pushed into an image index, and moves its tags last of all.',
  inputs: {
    image: imageInput(parseImage),
    'records-file': input.text({ description: 'The `records-file` output of aggregate-outputs.' }),
    records: input.custom(
      { description: 'The `records` output of aggregate-outputs, instead of the file.' },
      (text) => parseRecords(text, 'records'),
    ),
    expect: expectInput(parseExpect),
    ...indexInputs({ parseAnnotationLines, parseIdentity, parseSelectors }),
    'artifact-type': mediaTypeInput('Artifact type of the index.'),
    ...registryInputs,
  },
  outputs: indexOutputs,
});
