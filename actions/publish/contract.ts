import {
  parseAllowedImages,
  parseAnnotationLines,
  parseExpect,
  parseIdentity,
  parseImage,
  parseImages,
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
  onMissingInput,
  partialTagsInput,
  registryInputs,
  releaseInputs,
  requireSignaturesInput,
  signatureOutputs,
  signingInputs,
  verifierInputs,
} from '@oci-matrix/github';

export const contract = defineAction({
  name: 'OCI matrix: publish',
  description:
    'Publishes what the legs of a build matrix pushed as one image index: complete, or not at all.',
  branding: { icon: 'layers', color: 'blue' },
  inputs: {
    image: imageInput(parseImage),
    ...indexInputs({ parseAnnotationLines, parseIdentity, parseSelectors }),
    ...collectInputs(parseNeeds, parseExpect, parseAllowedImages),
    'on-missing': onMissingInput('what is there is published, under `partial-tags` alone.'),
    'partial-tags': partialTagsInput,
    'artifact-type': mediaTypeInput('Artifact type of the index.'),
    ...releaseInputs(parseImages),
    ...signingInputs,
    'require-signatures': requireSignaturesInput,
    ...verifierInputs,
    ...registryInputs,
    token: {
      ...registryInputs.token,
      description:
        'GitHub token. It goes to ghcr.io, with `run-id` to GitHub itself, and nowhere else.',
    },
  },
  outputs: {
    ...indexOutputs,
    'records-file': 'Path of the document with the records of all legs.',
    outputs:
      'JSON object: for each leg the outputs that it recorded. Each is an output of its own, too: `<leg>.<key>`.',
    'layers-meta-file':
      'Path of the layer metadata of all legs, by architecture, as one document; empty where no leg measured.',
    count: 'How many legs there are.',
    missing: 'JSON list of the legs that are missing.',
    complete: '`true` if no leg is missing.',
    ...signatureOutputs,
  },
});
