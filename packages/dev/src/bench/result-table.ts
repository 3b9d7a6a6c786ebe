import { formatSize } from '@oci-matrix/github';
import type { Result } from './results.ts';
import { type Column, renderTable } from './table.ts';
import { methods, totalOf } from './traffic.ts';

const columns: readonly Column[] = [
  { title: 'Client', align: 'left' },
  ...[...methods, 'Requests', 'Bytes up', 'Wall', '× best peer', '× plain', 'Peak memory'].map(
    (title) => ({ title, align: 'right' as const }),
  ),
  { title: 'Target', align: 'left' },
];

/** The table of one piece of work. */
export const renderResults = (results: readonly Result[]): string =>
  renderTable(
    columns,
    results.map((result) => cellsOf(result)),
  );

function cellsOf({ client, summary, toBestPeer, toPlain, targets }: Result): string[] {
  const { requests, bytesUp, wall, memory } = summary;
  return [
    client,
    ...methods.map((method) => formatCount(requests[method] ?? 0)),
    formatCount(totalOf(summary)),
    formatSize(Math.round(bytesUp)),
    formatWall(wall),
    formatRatio(toBestPeer),
    formatRatio(toPlain),
    memory === undefined ? '–' : `${(memory / 1024 ** 2).toFixed(0)} MiB`,
    targets.map(({ text, isMet }) => `${text}: ${isMet ? 'met' : '**missed**'}`).join('; '),
  ];
}

// The median of an even number of rounds may lie between two counts.
const formatCount = (count: number): string =>
  Number.isInteger(count) ? String(count) : count.toFixed(1);

const formatRatio = (ratio: number | undefined): string => ratio?.toFixed(2) ?? '–';

/** `412 ms`, or `3.21 s` of what takes long. */
export const formatWall = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
