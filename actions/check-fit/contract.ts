import { fitEngines, layerStores, parseAppImages, parseBytes } from '@oci-matrix/core';
import { defineAction, input, registryInputs } from '@oci-matrix/github';
import { parsePlatform } from '@oci-matrix/oci';

// Nothing is written, dry or not.
const { 'dry-run': _, ...access } = registryInputs;

export const contract = defineAction({
  name: 'Check fit',
  description:
    'Says whether an update fits on the disk of a device, before the device pulls it, and how much is missing.',
  inputs: {
    'layers-meta-file': input.lines({
      description: 'Files of layer metadata, one a line: one for each App of the update.',
    }),
    image: input.lines(
      {
        description:
          'In place of files: Apps or images in a registry, with tag or digest, one a line. Where nobody measured them the answer is an estimate.',
      },
      (lines) => parseAppImages(lines, 'image'),
    ),
    architecture: input.custom(
      { description: 'Of the device, e.g. `amd64`, `arm64` or `arm/v7`.', required: true },
      (text) => {
        parsePlatform(`linux/${text}`);
        return text;
      },
    ),
    installed: input.lines({
      description:
        'What the device has, one a line: digests, images with tag or digest, or the path of a file with the listing of its blob store (`ls blobs/sha256`).',
    }),
    'clean-up': input.lines(
      {
        description:
          'Images on the device, with tag or digest, one a line: says how much their removal would give back.',
      },
      (lines) => parseAppImages(lines, 'clean-up'),
    ),
    'block-size': input.integer({
      description: 'Bytes in a block of the disk.',
      required: true,
      min: 512,
      max: 1024 ** 3,
    }),
    blocks: input.integer({ description: 'Blocks of the disk.', required: true, min: 1 }),
    'blocks-free': input.integer({ description: 'Free blocks of the disk.', required: true }),
    'inodes-free': input.integer({
      description: 'Free inodes of the disk. Without it nobody looks whether they suffice.',
    }),
    'docker-block-size': input.integer({
      description: 'Bytes in a block of the disk with the data of Docker, where that is another.',
      min: 512,
      max: 1024 ** 3,
    }),
    'docker-blocks': input.integer({ description: 'Blocks of that disk.', min: 1 }),
    'docker-blocks-free': input.integer({ description: 'Free blocks of that disk.' }),
    'docker-inodes-free': input.integer({ description: 'Free inodes of that disk.' }),
    watermark: input.integer({
      description: 'Percentage of a disk that may be in use after the update.',
      default: '80',
      min: 1,
      max: 100,
    }),
    reserve: input.custom(
      {
        description:
          'What has to stay free, instead of `watermark`: bytes, or with a unit such as `2GiB`.',
      },
      parseBytes,
    ),
    engine: input.choice(
      {
        description:
          'Whose rules decide: those of what runs on the device, or `strict`, with everything counted.',
        default: 'strict',
      },
      fitEngines,
    ),
    store: input.choice(
      {
        description: 'What keeps the unpacked layers on the device; `strict` looks at it.',
        default: 'overlay2',
      },
      layerStores,
    ),
    'fail-if': input.choice({ description: 'When the step fails.', default: 'never' }, [
      'never',
      'too-large',
    ]),
    ...access,
  },
  outputs: {
    fits: '`true` if the update fits on every disk.',
    required:
      'Bytes that it needs. Of two disks this is the one that lacks more, as for the next two outputs.',
    available: 'Bytes that it may take.',
    'short-by': 'Bytes that are missing; 0 if they suffice.',
    json: 'JSON object: all of it, with both disks, the largest missing layers and the reasons of estimates.',
  },
});
