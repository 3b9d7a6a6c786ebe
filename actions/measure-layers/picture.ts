import type { PlatformSummary } from '@oci-matrix/core';
import { formatSize, type Markup } from '@oci-matrix/github';

/** More slices than this nobody can tell apart. */
const maxSlices = 8;

/**
 * A pie of where the bytes of one platform are on the disk, as GitHub draws it:
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
 */
export function pictureOf({ platform, largest, total }: PlatformSummary): Markup | undefined {
  const slices = largest.slice(0, maxSlices).filter(({ usage }) => usage > 0);
  const rest = total.usage - slices.reduce((sum, { usage }) => sum + usage, 0);
  const others = total.layers - slices.length;
  if (slices.length < 2) return undefined;
  const lines = [
    ...slices.map(({ place, digest, usage }) =>
      slice(`${place + 1}: ${digest.slice(7, 19)}, ${formatSize(usage)}`, usage),
    ),
    ...(rest > 0 ? [slice(`${others} others, ${formatSize(rest)}`, rest)] : []),
  ];
  const title = `pie title On the disk, ${label(platform)}`;
  return { markup: ['```mermaid', title, ...lines, '```'].join('\n') };
}

const slice = (text: string, bytes: number): string => `  "${label(text)}" : ${bytes}`;

// Part of a name may come from an image: what Mermaid or Markdown could take for something else is left out.
const label = (text: string): string => text.replace(/[^A-Za-z0-9 /.,:_()-]/g, '?').slice(0, 100);
