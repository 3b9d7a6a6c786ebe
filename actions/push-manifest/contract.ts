import {
  attestationModes,
  parseAppImages,
  parseImage,
  parseLayerAnnotationLines,
  parseMediaTypes,
  parseOutputs,
  parsePlainAnnotations,
} from '@oci-matrix/core';
import {
  defineAction,
  fileInputs,
  imageInput,
  input,
  legInputs,
  mediaTypeInput,
  mountFromInput,
  recordInput,
  registryInputs,
  subjectInput,
  tagsInput,
} from '@oci-matrix/github';
import { parseDigest, parsePlatform } from '@oci-matrix/oci';
import { parseDescriptors } from './descriptors.ts';

export const contract = defineAction({
  name: 'Push a manifest',
  description: 'Pushes one manifest in a leg of a matrix, and hands it over to the fan-in.',
  inputs: {
    image: imageInput(parseImage),
    files: input.lines({
      description:
        'Source: files, one path or glob pattern a line. `path:type/subtype` gives their media type.',
    }),
    descriptors: input.json(
      { description: 'Source: the `descriptors` output of push-blobs.' },
      parseDescriptors,
    ),
    source: input.text({
      description:
        'Source: an image layout, `oci:DIRECTORY` or `oci-archive:FILE`; what docker save wrote, `docker-archive:FILE`; each with `:NAME` for one image of several; or an image in any registry, `docker://REFERENCE`.',
    }),
    digest: input.custom(
      { description: 'Source: the digest of a manifest that is in the repository already.' },
      parseDigest,
    ),
    platform: input.custom(
      {
        description:
          'Platform, e.g. `linux/arm64`. By default the one that the image config names.',
      },
      parsePlatform,
    ),
    attestations: input.choice(
      {
        description:
          'What becomes of the attestations that BuildKit put beside an image: `keep` them as entries of the index, push them as `referrers` of the image, or `none`.',
        default: 'keep',
      },
      attestationModes,
    ),
    annotations: input.lines(
      {
        description:
          'Annotations, `key=value`, one a line; `manifest-descriptor:key=value` goes on the entry in the index, `layer[TITLE]:key=value` on the layer of this title, which is the path of its file below the folder of all files.',
      },
      parseLayerAnnotationLines,
    ),
    'artifact-type': mediaTypeInput(
      'Artifact type of the manifest, for `files` and `descriptors`.',
    ),
    config: input.text({
      description:
        'Config blob, `path:type/subtype`, for `files` and `descriptors`. By default the empty one.',
    }),
    'layer-annotations': input.lines(
      {
        description:
          'Annotations of every layer, `key=value`, one a line, for `files` and `descriptors`.',
      },
      parsePlainAnnotations,
    ),
    'config-annotations': input.lines(
      {
        description:
          'Annotations of the config, `key=value`, one a line, for `files` and `descriptors`.',
      },
      parsePlainAnnotations,
    ),
    'layers-meta-file': input.lines({
      description:
        'Layer metadata of what is pushed, files that measure-layers wrote, one a line: the record carries it to the fan-in, which merges that of all legs.',
    }),
    'only-layers-of': input.lines(
      {
        description:
          'For an App: its images, with tag or digest, one a line. The file annotated `layer[TITLE]:layers-meta=v1` is restricted to their layers.',
      },
      (lines) => parseAppImages(lines, 'only-layers-of'),
    ),
    'layers-manifests': input.boolean({
      description:
        'For an App: lists the layers of `only-layers-of` in a member `manifests` too, for devices that need it to estimate. OCI does not allow it, and most registries refuse it.',
      default: 'false',
    }),
    ...fileInputs(parseMediaTypes),
    'mount-from': mountFromInput,
    subject: subjectInput(
      'Digest or tag, in the same image, of the manifest that this one refers to.',
    ),
    tags: tagsInput({
      description:
        'Tags for this manifest alone, one a line. The tags of the index belong to publish.',
    }),
    ...legInputs,
    outputs: input.custom(
      { description: 'Any `key=value` lines for the fan-in, or one JSON object.' },
      parseOutputs,
    ),
    record: recordInput,
    'descriptor-file': input.text({
      description:
        'File to write the `descriptor` to, for tools that make an index of such files, and for `descriptor-files` of publish.',
    }),
    ...registryInputs,
  },
  outputs: {
    digest: 'Digest of the manifest.',
    descriptor: 'Descriptor of the manifest as JSON, as an index entry has it.',
    reference: 'The image with the digest, `registry/repository@digest`.',
    record: "The leg's record as JSON, for legs without the artifact service.",
    uploaded: 'How many blobs had to be uploaded.',
    present: 'How many blobs were there already.',
    'bytes-uploaded': 'How many bytes had to be uploaded.',
  },
});
