import {
  type Content,
  code,
  details,
  formatSize,
  heading,
  line,
  lines,
  type Markup,
  table,
  text,
} from './markdown.ts';

// A table of all legs of the largest matrix fits; what is longer is cut with a note.
const maxRows = 300;

interface Counts {
  readonly uploaded: number;
  readonly present: number;
  readonly bytesUploaded: number;
}

interface BlobRow {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What was uploaded, what was there, and, folded away, every blob. */
export function blobSummary(
  blobs: readonly BlobRow[],
  { uploaded, present, bytesUploaded }: Counts,
  dryRun: boolean,
): Markup {
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  const story = dryRun
    ? `Nothing was written; ${blobs.length} blobs, ${formatSize(bytes)} in all.`
    : `${uploaded} blobs uploaded (${formatSize(bytesUploaded)}), ${present} there already.`;
  const rows = blobs.map(({ mediaType, digest, size, annotations }) => [
    annotations?.['org.opencontainers.image.title'] ?? '',
    code(mediaType),
    formatSize(size),
    code(digest),
  ]);
  return details(story, cutTable(['File', 'Media type', 'Size', 'Digest'], rows));
}

type Outcome = 'added' | 'replaced' | 'kept' | 'removed';

interface PublishedEntry {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
}

interface PublishedPart {
  readonly digest: string;
  readonly outcome: Outcome;
  readonly previous?: string | undefined;
}

/** The document of `schemas/published-v1.json`, as far as people want to see it. */
interface PublishedView {
  readonly digest: string;
  readonly size: number;
  readonly changed: boolean;
  readonly dryRun: boolean;
  readonly images: readonly {
    readonly image: string;
    readonly tags: readonly TagView[];
    readonly failure?: string | undefined;
  }[];
  readonly manifests: readonly (PublishedEntry &
    PublishedPart & {
      readonly leg?: string | undefined;
      readonly attestations: readonly PublishedPart[];
    })[];
  readonly removed: readonly PublishedEntry[];
}

interface TagView {
  readonly tag: string;
  readonly moved: boolean;
  readonly previous?: string | undefined;
}

/** Where the index is, or will be. */
export const publishedTitle = ({ images, dryRun }: PublishedView): Markup =>
  heading(`${images.map(({ image }) => image).join(', ')}${dryRun ? ' (dry run)' : ''}`);

/** Which tag is where, and what became of every entry. */
export function indexSummary(published: PublishedView): Markup[] {
  const { digest, size, changed, dryRun, images, manifests, removed } = published;
  const parts = manifests.flatMap((manifest) => [manifest, ...manifest.attestations]);
  const count = (outcome: Outcome): number =>
    parts.filter((part) => part.outcome === outcome).length;
  const story = changed
    ? `${count('added')} new, ${count('replaced')} replaced, ${count('kept')} kept, ${removed.length} removed`
    : 'nothing changed';
  return [
    line('Index ', code(digest), ` (${formatSize(size)}): ${story}.`),
    cutTable(
      ['Tag', 'Where', 'Was', dryRun ? 'Would be' : 'Is'],
      images.flatMap(({ image, tags, failure }) =>
        tags.map((tag) => [code(tag.tag), code(image), ...tagStory(tag, digest, failure)]),
      ),
    ),
    cutTable(
      ['Entry', 'Digest', 'Size of the manifest', 'Leg', 'Attestations', ''],
      [
        ...manifests.map((manifest) => [
          ...entryCells(manifest),
          manifest.leg ?? '',
          lines(manifest.attestations.map((attestation) => code(attestation.digest))),
          outcomeCell(manifest),
        ]),
        ...removed.map((entry) => [...entryCells(entry), '', '', 'removed']),
      ],
    ),
  ];
}

function tagStory({ moved, previous }: TagView, digest: string, failure?: string): Content[] {
  const was = previous === undefined ? 'nothing' : code(previous);
  if (failure !== undefined) return [was, `failed: ${failure}`];
  return [was, moved ? code(digest) : 'the same'];
}

const entryCells = ({ name, digest, size }: PublishedEntry): Content[] => [
  name,
  code(digest),
  formatSize(size),
];

function outcomeCell({ outcome, previous }: PublishedPart): Content {
  if (outcome === 'added') return 'new';
  return previous === undefined ? outcome : line('replaced ', code(previous));
}

interface LegRow {
  readonly leg: string;
  readonly run: { readonly job: string; readonly attempt: number };
  readonly descriptor?: { readonly digest: string };
  readonly outputs: Readonly<Record<string, string>>;
  readonly finishedAt: string;
}

/** The legs with what they handed over, folded away unless some are missing; those stand first. */
export function legSummary(legs: readonly LegRow[], missing: readonly string[]): Markup {
  const absent = missing.map((name): Content[] => [name, '', 'missing', '']);
  const present = legs.map(({ leg, run, descriptor, outputs, finishedAt }): Content[] => [
    leg,
    `${run.job}, attempt ${run.attempt}`,
    descriptor === undefined ? `${Object.keys(outputs).length} outputs` : code(descriptor.digest),
    finishedAt,
  ]);
  const rows = cutTable(['Leg', 'Job', 'Handed over', 'Finished'], [...absent, ...present]);
  if (missing.length === 0) return details(`${legs.length} legs, none missing`, rows);
  const title = text(`${legs.length} legs are there, ${missing.length} missing:`);
  return { markup: `${title.markup}\n\n${rows.markup}` };
}

function cutTable(header: readonly Content[], rows: readonly (readonly Content[])[]): Markup {
  const more = rows.length - maxRows;
  const shown = table(header, rows.slice(0, maxRows));
  return more > 0 ? { markup: `${shown.markup}\n\n… and ${more} more` } : shown;
}
