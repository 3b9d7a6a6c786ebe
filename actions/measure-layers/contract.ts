import { layerStores, parseImage, parseRecord } from '@oci-matrix/core';
import { defineAction, input, registryInputs } from '@oci-matrix/github';
import { parsePlatform } from '@oci-matrix/oci';
import { parseBlockSizes } from './block-sizes.ts';
import { parseBudget } from './budget.ts';

export const contract = defineAction({
  name: 'Measure layers',
  description:
    'Measures what every layer of an image costs: to download, unpacked, and on the disk of a device. No Docker daemon is asked.',
  inputs: {
    source: input.text({
      description:
        'The image: an image layout, `oci:DIRECTORY` or `oci-archive:FILE`; what docker save wrote, `docker-archive:FILE`; each with `:NAME` for one image of several; or an image in any registry, `docker://REFERENCE`.',
    }),
    'leg-record': input.custom(
      {
        description:
          'In place of `source`: the `record` output of push-manifest. What that leg pushed to `image` is measured.',
      },
      parseRecord,
    ),
    image: input.custom(
      { description: 'Registry and repository that the leg pushed to, for `leg-record`.' },
      parseImage,
    ),
    platforms: input.lines(
      {
        description:
          'Platforms to measure, e.g. `linux/arm64`, one a line. By default all of the image that are for Linux.',
      },
      (lines) => lines.map(parsePlatform),
    ),
    'block-sizes': input.custom(
      {
        description:
          'Bytes in a block of the disk, one or several; the first is that of the document, the others are measured in the same pass.',
        default: '4096',
      },
      parseBlockSizes,
    ),
    store: input.choice(
      { description: 'What keeps the unpacked layers on the device.', default: 'overlay2' },
      layerStores,
    ),
    'known-file': input.lines({
      description:
        'Files of layer metadata of earlier runs, one a line: layers that they know are not read again. A file that is not there is passed over.',
    }),
    cache: input.boolean({
      description:
        'Read from the registry what was measured of the image before, and put beside the image what is measured now, as a referrer.',
      default: 'false',
    }),
    'compare-with': input.text({
      description:
        'The image of before, with tag or digest, or the file of its layer metadata: what changed is in the summary.',
    }),
    'max-usage': input.lines(
      {
        description:
          'What an image may take on the disk: bytes, or with a unit such as `2GiB`; for one platform alone `linux/arm64=2GiB`, one a line.',
      },
      (lines) => parseBudget(lines, 'max-usage'),
    ),
    'max-growth': input.lines(
      { description: 'How much more than `compare-with` it may take, written in the same way.' },
      (lines) => parseBudget(lines, 'max-growth'),
    ),
    budget: input.choice(
      {
        description: 'What comes of an image that takes more: the step fails, or warns.',
        default: 'fail',
      },
      ['fail', 'warn'],
    ),
    ...registryInputs,
  },
  outputs: {
    'layers-meta-file':
      'File of the layer metadata: of one platform as Foundries writes it, of several by architecture.',
    size: 'Bytes of the unpacked files. Of several platforms this is the one that takes most on the disk, as for the next two outputs.',
    usage: 'Bytes on the disk.',
    'archive-size': 'Bytes to download.',
    json: 'JSON object: every platform with its sums, its largest layers and what changed.',
  },
});
