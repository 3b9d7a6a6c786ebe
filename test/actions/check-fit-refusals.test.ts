import { expect, test } from 'vitest';
import { act } from './act.ts';
import { failureOf } from './refusal.ts';

const meta = JSON.stringify({ amd64: { fs_block_size: 4096, layers: {} } });
const good = {
  'layers-meta-file': 'meta.json',
  architecture: 'amd64',
  'block-size': '4096',
  blocks: '1000',
  'blocks-free': '500',
};

test.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
  ['neither file nor image', { 'layers-meta-file': '' }, 'INPUT_INVALID', /^neither of layers-me/],
  ['both', { image: 'ghcr.io/acme/app:1' }, 'INPUT_INVALID', /^both of layers-meta-file and image/],
  ['an image without a tag', { image: 'ghcr.io/acme/app' }, 'INPUT_INVALID', /neither a tag nor/],
  ['a file that is not there', { 'layers-meta-file': 'x.json' }, 'FILE_NOT_FOUND', /x\.json/],
  ['a file of something else', { 'layers-meta-file': 'bad.json' }, 'LAYERS_META_INVALID', /bad\./],
  ['an architecture it does not have', { architecture: 'arm64' }, 'INPUT_INVALID', /it has amd64$/],
  ['an architecture that is none', { architecture: 'a b' }, 'INPUT_INVALID', /"linux\/a b"/],
  [
    'more free than there is',
    { 'blocks-free': '1001' },
    'INPUT_INVALID',
    /1001 free blocks of 1000/,
  ],
  ['no disk', { blocks: '' }, 'INPUT_INVALID', /^input "blocks": is required/],
  [
    'half a disk of Docker',
    { 'docker-blocks': '5' },
    'INPUT_INVALID',
    /2 inputs are wrong: .*docke/,
  ],
  ['inodes of no disk', { 'docker-inodes-free': '5' }, 'INPUT_INVALID', /^3 inputs are wrong: /],
  [
    'a disk beyond numbers',
    { blocks: '9007199254740991' },
    'INPUT_INVALID',
    /the size of the disk/,
  ],
  [
    'a watermark of another engine',
    { watermark: '99', engine: 'aktualizr-lite' },
    'INPUT_INVALID',
    /from 20 to 95$/,
  ],
  [
    'a reserve without a known unit',
    { reserve: '2GB' },
    'INPUT_INVALID',
    /"2GB" in reserve is no am/,
  ],
  [
    'something installed that is nothing',
    { installed: 'x' },
    'INPUT_INVALID',
    /^"x" in installed is/,
  ],
])('%s is an error', async (_, given, code, what) => {
  const files = { 'meta.json': meta, 'bad.json': '[]' };

  const result = await act('check-fit', { files, with: { ...good, ...given } });

  expect(failureOf(result)).toMatchObject({ code, what: expect.stringMatching(what) });
});
