import type { Digest } from '@oci-matrix/oci';
import type { Installed } from './app.ts';
import type { AppLayers, FitLayer } from './app-layers.ts';
import type { MissingLayer } from './verdict.ts';

/** The layers that a device does not have, each once, the largest first. */
export function missingLayers(apps: readonly AppLayers[], { digests }: Installed): MissingLayer[] {
  const found = new Map<Digest, MissingLayer>();
  for (const { app, layers } of apps) {
    for (const layer of layers) {
      const { digest } = layer;
      if (!digests.has(digest) && !found.has(digest)) found.set(digest, missing(layer, app.name));
    }
  }
  return [...found.values()].sort(
    (a, b) => sizeOf(b) - sizeOf(a) || (a.digest < b.digest ? -1 : 1),
  );
}

const missing = ({ digest, archiveSize, meta }: FitLayer, app: string): MissingLayer => ({
  digest,
  app,
  ...(archiveSize === undefined ? {} : { archiveSize }),
  ...(meta === undefined ? {} : { usage: meta.usage }),
});

const sizeOf = ({ archiveSize = 0, usage = 0 }: MissingLayer): number => archiveSize + usage;
