import type { FitVerdict, VolumeVerdict } from '@oci-matrix/core';
import {
  type Content,
  code,
  details,
  formatSize,
  heading,
  type Inputs,
  line,
  list,
  type Markup,
  renderMarkdown,
  table,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';

/** More rows tell a reader nothing. */
const maxRows = 20;

export const renderSummary = (
  verdict: FitVerdict,
  { architecture }: Pick<Inputs<typeof contract>, 'architecture'>,
): string =>
  renderMarkdown(
    heading(sentence(verdict)),
    line('For ', code(architecture), ', by the rules of ', code(verdict.engine), '.'),
    ...warnings(verdict),
    volumes(verdict),
    ...cleanUp(verdict),
    ...missing(verdict),
    ...remarks(verdict),
  );

/** The verdict in one sentence, without a full stop. */
export function sentence({ fits, volumes }: FitVerdict): string {
  if (fits) return 'The update fits';
  const lacks = volumes.filter((volume) => !volume.fits).map(lackOf);
  return `The update does not fit: ${lacks.join(', ')}`;
}

const lackOf = ({ volume, shortBy, inodes }: VolumeVerdict): string => {
  const files = inodes !== undefined && inodes.shortBy > 0 ? [`${inodes.shortBy} inodes`] : [];
  const bytes = shortBy > 0 ? [formatSize(shortBy)] : [];
  return `${volume} is short by ${[...bytes, ...files].join(' and ')}`;
};

const warnings = ({ gaps }: FitVerdict): Markup[] => (gaps.length === 0 ? [] : [list(gaps)]);

const exact = (bytes: number): string => `${formatSize(bytes)} (${bytes})`;

function volumes({ volumes: all }: FitVerdict): Markup {
  const rows = all.flatMap(({ volume, required, available, shortBy, inodes }): Content[][] => [
    [volume, exact(required), exact(available), shortBy === 0 ? 'fits' : exact(shortBy)],
    ...(inodes === undefined
      ? []
      : [
          [
            `${volume}, inodes`,
            `${inodes.required}`,
            `${inodes.available}`,
            inodes.shortBy === 0 ? 'fits' : `${inodes.shortBy}`,
          ],
        ]),
  ]);
  return table(['Volume', 'Required', 'Available', 'Short by'], rows);
}

function cleanUp({ fits, cleanUp: freed }: FitVerdict): Markup[] {
  if (freed === undefined) return [];
  const parts = Object.entries(freed.bytes).map(([name, bytes]) => `${exact(bytes)} on ${name}`);
  const then = fits ? '' : freed.fits ? ': then it fits' : ': it does not fit then either';
  return [line(`The clean-up gives back at least ${parts.join(', ')}${then}.`)];
}

function missing({ missing: layers }: FitVerdict): Markup[] {
  if (layers.length === 0) return [line('The device has all layers.')];
  const rows = layers
    .slice(0, maxRows)
    .map(({ digest, app, archiveSize, usage }) => [
      code(digest.slice(0, 19)),
      app,
      archiveSize === undefined ? 'unknown' : formatSize(archiveSize),
      usage === undefined ? 'not measured' : formatSize(usage),
    ]);
  const title = `${layers.length} missing ${layers.length === 1 ? 'layer' : 'layers'}, the largest first`;
  const more = layers.length > maxRows ? [line(`… and ${layers.length - maxRows} more`)] : [];
  return [details(title, table(['Layer', 'Of', 'Compressed', 'On disk'], rows), ...more)];
}

function remarks({ estimates, notes }: FitVerdict): Markup[] {
  const items = [...estimates.map(({ reason }) => reason), ...notes];
  return items.length === 0 ? [] : [line('What the numbers rest on:'), list(items)];
}
