import type { Repository } from '@oci-matrix/distribution';
import {
  canonicalBytes,
  digestOf,
  type ImageManifest,
  isDigest,
  mediaTypes,
  parseManifest,
  parsePlatform,
} from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { MatrixError } from '../../error.ts';
import { jsonOf } from '../../json-of.ts';
import type { SizedBlob } from './app.ts';

const digest = z.string().check(z.refine(isDigest, 'is not a digest'));
const size = z.int().check(z.nonnegative());
const entry = z.object({ digest, size, platform: z.object({ architecture: z.string() }) });

// Six architectures are the most that their publisher allows.
const listSchema = z.looseObject({
  mediaType: z.literal(mediaTypes.imageManifest),
  manifests: z.array(entry).check(z.maxLength(64)),
});

const layersSchema = z.object({
  annotations: z.object({ 'compose-app-layers': z.literal('v1') }),
  layers: z.array(z.object({ digest, size })).check(z.maxLength(10_000)),
});

/** The manifest of an App of the older form: an image manifest which also lists, for each architecture, a document with its layers. */
export interface OlderApp {
  readonly image: ImageManifest;
  readonly manifests: readonly OlderEntry[];
}

type OlderEntry = z.infer<typeof entry>;

/** Reads an App of the older form; undefined where these bytes are none. What is a manifest and an index at once and no App is none. */
export function olderApp(bytes: Uint8Array): OlderApp | undefined {
  const parsed = listSchema.safeParse(jsonOf(bytes));
  if (!parsed.success) return undefined;
  const { manifests, ...image } = parsed.data;
  const manifest = parseManifest(canonicalBytes(image), mediaTypes.imageManifest);
  const isApp =
    manifest.kind === 'image' && manifest.image.annotations?.['compose-app'] !== undefined;
  return isApp ? { image: manifest.image, manifests } : undefined;
}

export interface OlderLayersOptions {
  readonly repository: Repository;
  /** For messages. */
  readonly name: string;
  readonly architecture: string;
  readonly listed: readonly OlderEntry[];
}

export interface OlderLayers {
  /** Undefined where the App lists nothing for the architecture: then nothing but its metadata names them. */
  readonly layers: readonly SizedBlob[] | undefined;
  /** What was read. */
  readonly documents: readonly SizedBlob[];
}

/** Reads which layers an App of the older form has for an architecture; its readers know of no variant. Throws `SOURCE_INVALID`. */
export async function fetchOlderLayers({
  repository,
  name,
  architecture,
  listed,
}: OlderLayersOptions): Promise<OlderLayers> {
  const { architecture: wanted } = parsePlatform(`linux/${architecture}`);
  const found = listed.find(({ platform }) => platform.architecture === wanted);
  if (found === undefined) return { layers: undefined, documents: [] };
  const bytes = (await repository.manifests.fetchBytes(found.digest))?.bytes;
  const parsed = layersSchema.safeParse(bytes && jsonOf(bytes));
  if (!parsed.success || bytes?.byteLength !== found.size)
    throw invalid(name, found.digest, wanted);
  const layers = parsed.data.layers.flatMap((layer) =>
    isDigest(layer.digest) ? [{ digest: layer.digest, size: layer.size }] : [],
  );
  return { layers, documents: [{ digest: digestOf(bytes), size: found.size }] };
}

const invalid = (name: string, digest: string, architecture: string): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `${digest}, which ${name} lists for ${architecture}, is not the list of layers of an App`,
    { hint: 'Publish the App again, or give its metadata in "layers-meta-file".' },
  );
