import {
  parseAnnotationLines,
  parseExpect,
  parseIdentity,
  parseImage,
  parseNeeds,
  parseSelectors,
} from '@oci-matrix/core';
import {
  collectInputs,
  defineAction,
  imageInput,
  indexInputs,
  indexOutputs,
  mediaTypeInput,
  registryInputs,
} from '@oci-matrix/github';

export const contract = defineAction({
  name: 'OCI matrix: publish',
  description:
    'Publishes what the legs of a build matrix pushed as one image index: complete, or not at all.',
  branding: { icon: 'layers', color: 'blue' },
  inputs: {
    image: imageInput(parseImage),
    ...indexInputs({ parseAnnotationLines, parseIdentity, parseSelectors }),
    ...collectInputs(parseNeeds, parseExpect),
    'artifact-type': mediaTypeInput('Artifact type of the index.'),
    ...registryInputs,
  },
  outputs: {
    ...indexOutputs,
    'records-file': 'Path of the document with the records of all legs.',
    outputs: 'JSON object: for each leg the outputs that it recorded.',
    count: 'How many legs there are.',
  },
});
