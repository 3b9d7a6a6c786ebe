import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { pushContainerImages } from './container-images.ts';
import { fetchPublished, renderTree } from './tree.ts';

test('the tree shows tags, entries and blobs, and which entries are foreign', async () => {
  await using registry = await startRegistry();
  const url = new URL(registry.url);
  const foreign = await pushContainerImages(url, 'acme/os', '1.0');

  const published = await fetchPublished(url, 'acme/os', '1.0');
  const [, arm64] = foreign;

  expect(renderTree(published, ['acme/os:1.0'], foreign.slice(1)).split('\n')).toEqual([
    `acme/os:1.0 → ${registry.manifest('acme/os', '1.0')?.digest}`,
    'image index, 2 manifests, 1 of them foreign',
    expect.stringMatching(/^├─ linux\/amd64 {2}sha256:[0-9a-f]{12} {2}1 blob, 31 B$/),
    '│  application/vnd.oci.image.layer.v1.tar 31 B',
    `└─ linux/arm64  ${arm64?.digest.slice(0, 19)}  1 blob, 31 B, foreign`,
    '   application/vnd.oci.image.layer.v1.tar 31 B',
  ]);
});

test('a registry that is not there is named', async () => {
  const nowhere = new URL('http://127.0.0.1:1');

  await expect(pushContainerImages(nowhere, 'acme/os', '1.0')).rejects.toThrow(
    'no registry answers at http://127.0.0.1:1',
  );
});
