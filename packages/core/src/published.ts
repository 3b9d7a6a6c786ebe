import * as z from 'zod/mini';

export const publishedSchemaName = 'oci-matrix/published/v1';

const name = z.string().check(z.minLength(1));
const size = z.int().check(z.nonnegative());
const digest = z.string().check(z.regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/));

const content = { digest, mediaType: name, size };

const entry = {
  ...content,
  // The values of the identity, for people: linux/arm64, or gardenlinux(1877.3)/amd64 kvm.
  name,
  // os[(os.version+feature…)]/architecture[/variant], as the inputs take it.
  platform: z.optional(name),
  artifactType: z.optional(name),
};

const there = {
  outcome: z.union([z.literal('added'), z.literal('replaced'), z.literal('kept')]),
  // Of a replaced one: what stood there before.
  previous: z.optional(digest),
};

/** What a release left behind: the index, the tags that name it, and what it holds. */
export const publishedSchema = z.object({
  schema: z.literal(publishedSchemaName),
  ...content,
  /** True if the index is another than the first tag named before. */
  changed: z.boolean(),
  /** True if nothing was written. */
  dryRun: z.boolean(),
  /** Where the index is. */
  images: z.array(
    z.object({
      // registry/repository
      image: name,
      tags: z.array(z.object({ tag: name, moved: z.boolean(), previous: z.optional(digest) })),
      // What kept an optional registry from having all of it.
      failure: z.optional(z.string()),
    }),
  ),
  /** In the order of the index. An attestation whose subject is in the index stands with its subject. */
  manifests: z.array(
    z.object({
      ...entry,
      ...there,
      leg: z.optional(name),
      attestations: z.array(z.object({ ...content, ...there })),
    }),
  ),
  removed: z.array(z.object(entry)),
  /** What no clean-up may delete as long as one of the tags is there; each digest once, the index first. */
  protected: z.array(digest),
});

export type Published = z.infer<typeof publishedSchema>;
