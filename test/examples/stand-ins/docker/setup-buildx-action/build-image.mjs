// Writes a small container image for one platform as an OCI archive: what a real build would leave behind.
// node build-image.mjs linux/arm64 image.tar context
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [platform = 'linux/amd64', output = 'image.tar', context = '.'] = process.argv.slice(2);
const [os, architecture, variant] = platform.split('/');

/** A tar archive of some files, all times zero. */
function tar(files) {
  const blocks = Object.entries(files).map(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write('0000000\0'.repeat(2), 108);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return Buffer.concat([header, content, padding]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const json = (value) => Buffer.from(JSON.stringify(value));
const files = {};

function blob(mediaType, bytes) {
  const hex = sha256(bytes);
  files[`blobs/sha256/${hex}`] = bytes;
  return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
}

const layer = tar({ 'hello.txt': Buffer.from(`hello from ${context} for ${platform}\n`) });
const config = {
  architecture,
  os,
  ...(variant ? { variant } : {}),
  config: { Cmd: ['/bin/cat', '/hello.txt'], Labels: { context } },
  rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
};
const manifest = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: blob('application/vnd.oci.image.config.v1+json', json(config)),
  layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(layer))],
};
files['index.json'] = json({
  schemaVersion: 2,
  manifests: [blob(manifest.mediaType, json(manifest))],
});
files['oci-layout'] = json({ imageLayoutVersion: '1.0.0' });
writeFileSync(output, tar(files));
