import type { MeasuredImage, MeasuredPlatform, PlatformSummary } from '@oci-matrix/core';
import {
  type Content,
  code,
  details,
  formatSize,
  heading,
  line,
  list,
  type Markup,
  renderMarkdown,
  table,
} from '@oci-matrix/github';
import { describeBreach, type PlatformBreach } from './budget.ts';
import { costliest } from './costliest.ts';
import { pictureOf } from './picture.ts';

export interface MeasuredSummary {
  /** What was measured, and what it is compared with. */
  readonly name: string;
  readonly before: string | undefined;
  readonly measured: MeasuredImage;
  /** Of each platform, in the order of `measured`. */
  readonly platforms: readonly PlatformSummary[];
  readonly breaches: readonly PlatformBreach[];
}

/** More platforms than this are in the document alone, and so are more layers. */
const maxPlatforms = 16;
const maxRows = 10;

export function renderSummary(options: MeasuredSummary): string {
  const { name, before, measured, breaches } = options;
  const platforms = options.platforms.slice(0, maxPlatforms);
  const more = options.platforms.length - platforms.length;
  return renderMarkdown(
    heading(breaches.length === 0 ? 'What the layers cost' : 'The layers cost more than they may'),
    line(code(name), ', ', measuredBy(measured)),
    ...(breaches.length === 0 ? [] : [list(breaches.map(describeBreach))]),
    costs(platforms, measured),
    ...(more > 0 ? [line(`… and ${more} more platforms`)] : []),
    ...changes(platforms, before),
    ...picture(options.platforms),
    ...platforms.map(layersOf),
    ...skippedOf(measured),
  );
}

const measuredBy = ({ platforms: [first], measured, known }: MeasuredImage): string => {
  const { fs_block_size: size, model = 'no model' } = first?.document ?? { fs_block_size: 0 };
  const read = `${counted(measured)} read, ${known} known from before`;
  return `in blocks of ${size} bytes, by ${model}: ${read}.`;
};

const counted = (layers: number): string => `${layers} ${layers === 1 ? 'layer' : 'layers'}`;

function costs(
  platforms: readonly PlatformSummary[],
  { platforms: measured }: MeasuredImage,
): Markup {
  const sizes = otherSizes(measured);
  const others = sizes.map((size) => `In blocks of ${size}`);
  const header = ['Platform', 'Layers', 'Compressed', 'Unpacked', 'On disk', ...others, 'Inodes'];
  const rows = platforms.map(({ platform, total }, at): Content[] => [
    platform,
    `${total.layers}`,
    formatSize(total.archive_size),
    formatSize(total.size),
    formatSize(total.usage),
    ...sizes.map((size) => formatSize(usageAt(measured[at], size))),
    `${total.inodes}`,
  ]);
  return table(header, rows);
}

// Those beside the one of the document.
const otherSizes = ([first]: readonly MeasuredPlatform[]): string[] =>
  Object.keys(Object.values(first?.document.layers ?? {})[0]?.usages ?? {}).filter(
    (size) => size !== `${first?.document.fs_block_size}`,
  );

const usageAt = (measured: MeasuredPlatform | undefined, size: string): number =>
  Object.values(measured?.document.layers ?? {}).reduce(
    (sum, { usages }) => sum + (usages?.[size] ?? 0),
    0,
  );

function changes(platforms: readonly PlatformSummary[], before: string | undefined): Markup[] {
  if (before === undefined) return [];
  const rows = platforms.map(({ platform, comparison }): Content[] =>
    comparison === undefined
      ? [platform, 'was not there', '', '', '', '']
      : [
          platform,
          `${comparison.added.length} new, ${comparison.removed.length} gone, ${comparison.shared.length} stay`,
          formatSize(comparison.download),
          formatSize(comparison.usage),
          formatSize(comparison.freed),
          signed(comparison.growth),
        ],
  );
  const header = ['Platform', 'Layers', 'Download', 'Needs', 'Frees later', 'Growth'];
  return [line('Since ', code(before), ':'), table(header, rows)];
}

const signed = (bytes: number): string => `${bytes > 0 ? '+' : ''}${formatSize(bytes)}`;

function picture(platforms: readonly PlatformSummary[]): Markup[] {
  const most = costliest(platforms);
  const drawn = most === undefined ? undefined : pictureOf(most);
  return drawn === undefined ? [] : [drawn];
}

function layersOf({ platform, largest, total, comparison }: PlatformSummary): Markup {
  const added = new Set(comparison?.added.map(({ digest }) => digest));
  const rows = largest
    .slice(0, maxRows)
    .map(({ digest, place, archive_size = 0, size, usage }) => [
      `${place + 1}`,
      code(digest.slice(0, 19)),
      formatSize(archive_size),
      formatSize(size),
      formatSize(usage),
      ...(comparison === undefined ? [] : [added.has(digest) ? 'new' : '']),
    ]);
  const header = ['Place', 'Layer', 'Compressed', 'Unpacked', 'On disk'];
  const title = `The largest of ${counted(total.layers)}, ${platform}`;
  return details(title, table([...header, ...(comparison === undefined ? [] : [''])], rows));
}

const skippedOf = ({ skipped }: MeasuredImage): Markup[] =>
  skipped.length === 0
    ? []
    : [
        line('Not measured:'),
        list(
          skipped
            .slice(0, maxRows)
            .map(({ digest, reason }) => line(code(digest.slice(0, 19)), `, ${reason}`)),
        ),
      ];
