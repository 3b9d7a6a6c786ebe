import { parseImage, parseManifestName, parseRecord, parseRecords } from '@oci-matrix/core';
import {
  defineAction,
  imageInput,
  input,
  recordInput,
  registryInputs,
  signatureOutputs,
  signingInputs,
  trustInputs,
} from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Sign a manifest',
  description: 'Signs what was pushed as cosign does, and verifies it before the step succeeds.',
  inputs: {
    image: imageInput(parseImage),
    digest: input.custom(
      { description: 'To sign: a digest, or a tag, which is resolved once.' },
      parseManifestName,
    ),
    'leg-record': input.custom(
      {
        description:
          'To sign: what this leg pushed, by the `record` output of push-manifest; the record then goes to the fan-in again, with its signatures.',
      },
      (text) => parseRecord(text, 'leg-record'),
    ),
    'records-file': input.text({
      description:
        'To sign: what all legs pushed, by the `records-file` output of aggregate-outputs.',
    }),
    records: input.custom(
      { description: 'The `records` output of aggregate-outputs, instead of the file.' },
      (text) => parseRecords(text, 'records'),
    ),
    ...signingInputs,
    ...trustInputs,
    record: recordInput,
    ...registryInputs,
  },
  outputs: {
    ...signatureOutputs,
    record: "The leg's record as JSON, with its signatures.",
  },
});
