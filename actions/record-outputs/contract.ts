import { parseOutputs } from '@oci-matrix/core';
import { defineAction, input, legInputs, recordInput } from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Record outputs',
  description: 'Hands the outputs of one leg of a matrix over to a later job.',
  inputs: {
    outputs: input.custom(
      { description: '`key=value` lines, or one JSON object.', required: true },
      parseOutputs,
    ),
    ...legInputs,
    record: recordInput,
  },
  outputs: {
    record: "The leg's record as JSON, for legs without the artifact service.",
  },
});
