import {
  type Content,
  code,
  details,
  formatSize,
  line,
  list,
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

interface IndexView {
  readonly digest: string;
  readonly size: number;
  readonly changed: boolean;
  readonly dryRun: boolean;
  readonly tags: readonly {
    readonly tag: string;
    readonly moved: boolean;
    readonly previous?: string;
  }[];
  readonly rows: readonly {
    readonly name: string;
    readonly kind: string;
    readonly digest: string;
    readonly size: number;
    readonly outcome: string;
  }[];
}

const outcomes: Readonly<Record<string, string>> = {
  added: 'new',
  replaced: 'replaced',
  kept: 'kept',
  removed: 'removed',
};

/** What was published under which tags, and what became of every entry. */
export function indexSummary({ digest, size, changed, dryRun, tags, rows }: IndexView): Markup[] {
  const verb = dryRun ? 'would be' : 'is';
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  const story = changed
    ? `${count('added')} new, ${count('replaced')} replaced, ${count('kept')} kept, ${count('removed')} removed`
    : 'nothing changed';
  return [
    line('Index ', code(digest), ` (${formatSize(size)}): ${story}.`),
    list(tags.map(({ tag, moved, previous }) => line(code(tag), tagStory(verb, moved, previous)))),
    cutTable(
      ['Entry', 'Kind', 'Size of the manifest', 'Digest', ''],
      rows.map((row) => [
        row.name,
        row.kind,
        formatSize(row.size),
        code(row.digest),
        outcomes[row.outcome] ?? row.outcome,
      ]),
    ),
  ];
}

function tagStory(verb: string, moved: boolean, previous: string | undefined): Markup {
  if (!moved) return text(' named it already');
  return previous === undefined
    ? text(` ${verb} new`)
    : line(text(` ${verb} moved; it named `), code(previous));
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
