import { median } from '../median.ts';
import { formatWall } from '../result-table.ts';
import { renderTable } from '../table.ts';
import type { Reading } from './measure-reading.ts';

const columns = [
  { title: 'Layer, unpacked', align: 'left' },
  { title: 'Reader', align: 'left' },
  { title: 'Wall', align: 'right' },
  { title: '× ours', align: 'right' },
  { title: 'Peak memory', align: 'right' },
] as const;

/** The section of (g). */
export const renderReading = (readings: readonly Reading[]): string =>
  `## Without a registry\n\n### (g) one layer, measured\n\n${renderTable(
    columns,
    readings.map((one) => rowOf(one, readings)),
  )}`;

function rowOf({ layer, reader, walls, memory }: Reading, all: readonly Reading[]): string[] {
  const ours = all.find((one) => one.layer === layer && one.reader === 'ours')?.walls ?? [];
  // In pairs of one round: noise that lasts hits both.
  const ratio = median(walls.map((wall, round) => wall / (ours[round] ?? Number.NaN)));
  return [
    layer,
    reader,
    formatWall(median(walls)),
    ratio.toFixed(2),
    memory === undefined ? '–' : `${(memory / 1024 ** 2).toFixed(0)} MiB`,
  ];
}
