import {
  parseAllowedImages,
  parseAnnotationLines,
  parseEntryDigests,
  parseExpect,
  parseIdentity,
  parseImage,
  parseImages,
  parseRecords,
  parseSelectors,
} from '@oci-matrix/core';
import {
  defineAction,
  descriptorFilesInput,
  expectInput,
  imageInput,
  indexInputs,
  indexOutputs,
  input,
  mediaTypeInput,
  registryInputs,
  releaseInputs,
  requireSignaturesInput,
  verifierInputs,
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
    'descriptor-files': descriptorFilesInput,
    entries: input.lines(
      {
        description:
          'Digests of manifests that are in the image, one a line, without any leg: their platforms come from their configs, and each takes the place of the entry that it replaces.',
      },
      parseEntryDigests,
    ),
    expect: expectInput(parseExpect),
    'allow-images': input.lines(
      {
        description:
          'Images that legs may have pushed to instead, one a line: what the image lacks is copied from there.',
      },
      parseAllowedImages,
    ),
    ...indexInputs({ parseAnnotationLines, parseIdentity, parseSelectors }),
    'artifact-type': mediaTypeInput('Artifact type of the index.'),
    ...releaseInputs(parseImages),
    'require-signatures': requireSignaturesInput,
    ...verifierInputs,
    ...registryInputs,
  },
  outputs: indexOutputs,
});
