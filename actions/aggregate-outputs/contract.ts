import { parseExpect, parseNeeds } from '@oci-matrix/core';
import { collectInputs, defineAction, input } from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Aggregate outputs',
  description: 'Collects what the legs of a matrix handed over, and says which legs are missing.',
  inputs: {
    ...collectInputs(parseNeeds, parseExpect),
    'on-missing': input.choice(
      {
        description:
          'What a missing leg does: `fail`, or `partial` for an incomplete document, which nothing publishes.',
        default: 'fail',
      },
      ['fail', 'partial'],
    ),
  },
  outputs: {
    'records-file': 'Path of the document with all records.',
    records: 'The same document as JSON, where it fits into an output.',
    outputs: 'JSON object: for each leg the outputs that it recorded.',
    digests: 'JSON object: for each leg the digest that it pushed.',
    count: 'How many legs are there.',
    missing: 'JSON list of the legs that are missing.',
    complete: '`true` if no leg is missing.',
  },
});
