import {
  type Descriptor,
  type Digest,
  maxManifestSize,
  mediaTypes,
  parseManifest,
} from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { type Archive, collect, openArchive } from './archive.ts';
import { type ArchivedBlob, type DockerImage, readDockerImage } from './docker-archive-image.ts';
import { MatrixError } from './error.ts';
import { jsonOf } from './json-of.ts';
import { type Layout, layoutInArchive } from './layout.ts';

const text = z.string().check(z.minLength(1), z.maxLength(4096));
const schema = z
  .array(
    z.object({
      Config: text,
      RepoTags: z.optional(z.nullable(z.array(text).check(z.maxLength(1000)))),
      Layers: z.nullable(z.array(text).check(z.maxLength(1000))),
    }),
  )
  .check(z.minLength(1), z.maxLength(1000));

/**
 * Opens what `docker save` writes. Docker 25 and later put an image layout into the same archive, and then that is read;
 * else a layout is made of manifest.json: https://github.com/moby/docker-image-spec/blob/v1.3.1/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export async function openDockerArchive(file: string): Promise<Layout> {
  const archive = await openArchive(file).catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read as a tar archive', cause);
  });
  if (archive.size('index.json') !== undefined) return layoutInArchive(file, archive);
  const refuse = (reason: string): MatrixError => invalid(file, reason);
  const images: DockerImage[] = [];
  for (const { Config, RepoTags, Layers } of await readManifest(archive, refuse)) {
    const entry = { config: Config, names: RepoTags ?? [], layers: Layers ?? [] };
    images.push(await readDockerImage(archive, entry, refuse));
  }
  return layoutOfImages(images);
}

async function readManifest(
  archive: Archive,
  refuse: (reason: string) => MatrixError,
): Promise<z.infer<typeof schema>> {
  const size = archive.size('manifest.json');
  if (size === undefined) throw refuse('it has no manifest.json');
  if (size > maxManifestSize) {
    throw refuse(`its manifest.json has ${size} bytes, at most ${maxManifestSize} go`);
  }
  const parsed = schema.safeParse(jsonOf(await collect(archive.open('manifest.json'))));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`its manifest.json is not as Docker writes it: ${issue?.message}`);
}

function layoutOfImages(images: readonly DockerImage[]): Layout {
  const blobs = new Map<Digest, ArchivedBlob>(images.flatMap((image) => [...image.blobs]));
  const manifests: Descriptor[] = images.flatMap(({ descriptor, names }) =>
    names.length === 0 ? [descriptor] : names.map((name) => named(descriptor, name)),
  );
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
  parseManifest(index, mediaTypes.imageIndex);
  return {
    index: async () => index,
    size: async (digest) => blobs.get(digest)?.size,
    open: (digest) => {
      const blob = blobs.get(digest);
      if (blob === undefined) throw new Error(`the archive has no blob ${digest}`);
      return blob.open();
    },
  };
}

const named = (descriptor: Descriptor, name: string): Descriptor => ({
  ...descriptor,
  annotations: { 'org.opencontainers.image.ref.name': name },
});

const invalid = (file: string, reason: string, cause?: unknown): MatrixError =>
  new MatrixError('SOURCE_INVALID', `${file} is no archive of docker save: ${reason}`, {
    hint: 'Write one with "docker save --output FILE IMAGE"; for an archive of an image layout write oci-archive:FILE.',
    cause,
  });
