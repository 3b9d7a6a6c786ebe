import type { Client } from '@oci-matrix/distribution';
import { type Digest, formatReference, type Reference } from '@oci-matrix/oci';
import { MatrixError } from '../../error.ts';
import { readLayersMeta } from '../../layers-meta/read-layers-meta.ts';
import type { App, Installed } from './app.ts';
import { type AppLayers, appLayers } from './app-layers.ts';
import type { CheckFitOptions } from './check-fit.ts';
import { loadApp } from './load-app.ts';
import type { InstalledNames } from './parse-installed.ts';

export interface GatherFitOptions {
  /** Paths of layer metadata: of each App one. */
  readonly files: readonly string[];
  /** In place of files: the Apps or images, in registries. */
  readonly images: readonly Reference[];
  readonly installed: InstalledNames;
  /** Images that a clean-up would remove. */
  readonly cleanUp: readonly Reference[];
  readonly architecture: string;
  readonly client: Client;
}

/** Reads what `checkFit` needs to know, each image once, and writes nothing. */
export async function gatherFit(
  options: GatherFitOptions,
): Promise<Pick<CheckFitOptions, 'apps' | 'installed' | 'cleanUp'>> {
  const { files, images, installed, cleanUp, architecture } = options;
  refuseBoth(files, images);
  const load = loader(options);
  const fromFiles = await Promise.all(
    files.map(async (name): Promise<App> => ({ name, document: await readLayersMeta(name) })),
  );
  const [apps, there, removed] = await Promise.all(
    [images, installed.images, cleanUp].map((references) => Promise.all(references.map(load))),
  );
  const layersOf = (found: readonly App[] = []): AppLayers[] =>
    found.map((app) => appLayers(app, architecture, 'strict'));
  const leaving = new Set(cleanUp.map(formatReference));
  const staying = layersOf(there?.filter(({ name }) => !leaving.has(name)));
  return {
    apps: [...fromFiles, ...(apps ?? [])],
    installed: allOf(installed.digests, layersOf(there)),
    cleanUp:
      removed === undefined || removed.length === 0
        ? undefined
        : { images: removed, kept: allOf([], staying).digests },
  };
}

function refuseBoth(files: readonly string[], images: readonly Reference[]): void {
  if (files.length > 0 !== images.length > 0) return;
  const what = files.length === 0 ? 'neither' : 'both';
  throw new MatrixError('INPUT_INVALID', `${what} of layers-meta-file and image were given`, {
    hint: 'Give one of them: files of layer metadata, or the Apps or images in a registry.',
  });
}

function loader({ client, architecture }: GatherFitOptions): (image: Reference) => Promise<App> {
  const loading = new Map<string, Promise<App>>();
  return (image) => {
    const name = formatReference(image);
    const { registry, repository } = image;
    const load =
      loading.get(name) ??
      loadApp(client.repository({ registry, repository }), image, architecture);
    loading.set(name, load);
    return load;
  };
}

function allOf(digests: readonly Digest[], installed: readonly AppLayers[]): Installed {
  const layers = installed.flatMap((one) => one.layers);
  const others = installed.flatMap(({ app: { archive, documents = [] } }) =>
    archive === undefined ? documents : [archive, ...documents],
  );
  return {
    digests: new Set([...digests, ...[...layers, ...others].map(({ digest }) => digest)]),
    diffIds: new Set(layers.map(({ diffId }) => diffId).filter((diffId) => diffId !== undefined)),
  };
}
