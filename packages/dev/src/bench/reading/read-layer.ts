import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../versions.ts';

// A process of its own, whose memory is that of measuring one layer: node read-layer.ts FILE DIGEST SIZE
const [path = '', digest, size] = process.argv.slice(2);
const module = join(checkout, 'packages/core/src/layers/measure-layer.ts');
const { measureLayer } = await import(pathToFileURL(module).href);

await measureLayer({
  descriptor: { mediaType: 'application/octet-stream', digest, size: Number(size) },
  open: () => createReadStream(path),
  blockSizes: [4096, 1024],
  store: 'overlay2',
  isBase: false,
});
