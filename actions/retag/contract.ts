import { parseImage, parseManifestName } from '@oci-matrix/core';
import { defineAction, imageInput, input, registryInputs, tagsInput } from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Retag',
  description: 'Puts more tags on a manifest or an index that is in a registry, byte for byte.',
  inputs: {
    image: imageInput(parseImage),
    source: input.custom(
      { description: 'Tag or digest, in the same image, of what gets the tags.', required: true },
      parseManifestName,
    ),
    tags: tagsInput({
      description: 'Tags that are to name it, one a line, alone or with their image.',
      required: true,
    }),
    ...registryInputs,
  },
  outputs: {
    digest: 'Digest of what the tags name.',
    references: 'JSON list of the references that name it: each tag, then the digest.',
    changed: '`true` if a tag had to move.',
  },
});
