import { parseImage, parseMediaTypes } from '@oci-matrix/core';
import {
  defineAction,
  fileInputs,
  imageInput,
  input,
  mountFromInput,
  registryInputs,
} from '@oci-matrix/github';

export const contract = defineAction({
  name: 'Push blobs',
  description: 'Uploads files to a repository as blobs, skipping those that are there already.',
  inputs: {
    image: imageInput(parseImage),
    files: input.lines({
      description:
        'Files to push, one path or glob pattern a line. `path:type/subtype` gives their media type.',
      required: true,
    }),
    ...fileInputs(parseMediaTypes),
    'mount-from': mountFromInput,
    ...registryInputs,
  },
  outputs: {
    descriptors:
      'JSON list of descriptors, one for each file, titled by its path. For the input of the same name of push-manifest.',
    uploaded: 'How many blobs had to be uploaded.',
    present: 'How many blobs were there already.',
    'bytes-uploaded': 'How many bytes had to be uploaded.',
  },
});
