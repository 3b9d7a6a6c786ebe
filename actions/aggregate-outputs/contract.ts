import { parseAllowedImages, parseExpect, parseNeeds } from '@oci-matrix/core';
import { collectInputs, defineAction, expression, input, onMissingInput } from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Aggregate outputs',
  description: 'Collects what the legs of a matrix handed over, and says which legs are missing.',
  inputs: {
    ...collectInputs(parseNeeds, parseExpect, parseAllowedImages),
    'on-missing': onMissingInput('an incomplete document is written, which nothing publishes.'),
    token: input.text({
      description: 'GitHub token for `run-id`, to read the artifacts of that run.',
      default: expression('github.token'),
      secret: true,
    }),
  },
  outputs: {
    'records-file': 'Path of the document with all records.',
    records: 'The same document as JSON, where it fits into an output.',
    outputs:
      'JSON object: for each leg the outputs that it recorded. Each is an output of its own, too: `<leg>.<key>`.',
    digests: 'JSON object: for each leg the digest that it pushed.',
    'layers-meta-file':
      'Path of the layer metadata of all legs, by architecture, as one document; empty where no leg measured.',
    count: 'How many legs are there.',
    missing: 'JSON list of the legs that are missing.',
    complete: '`true` if no leg is missing.',
  },
});
