import { formatSize } from '@oci-matrix/github';
import type { RunEvent } from '@oci-matrix/testing';

/** Shows how far a run is: one line that changes on a terminal, a line for each finished job elsewhere. */
export interface Progress {
  hear(event: RunEvent): void;
  end(): void;
}

export function showProgress(
  output: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Progress {
  let [queued, finished, blobs, bytes] = [0, 0, 0, 0];
  const line = (): string =>
    `  ${finished} of ${queued} jobs finished, ${blobs} blobs, ${formatSize(bytes)}`;
  const draw = (): void => {
    if (output.isTTY) output.write(`\r\x1b[2K${line()}`);
  };
  return {
    hear: (event) => {
      if (event.type === 'job-queued') queued += 1;
      if (event.type === 'log') {
        const size = uploadedSize(event.line);
        if (size === undefined) return;
        blobs += 1;
        bytes += size;
      }
      if (event.type === 'job-finished') {
        finished += 1;
        if (!output.isTTY) output.write(`${line()}: ${event.job} ${event.conclusion}\n`);
      }
      draw();
    },
    end: () => {
      if (output.isTTY) output.write('\n');
    },
  };
}

const powers: Readonly<Record<string, number>> = { B: 0, KiB: 1, MiB: 2, GiB: 3, TiB: 4 };

// The actions log a line for each blob: "[3/14] uploaded name (58.6 KiB)".
function uploadedSize(line: string): number | undefined {
  const found = /\[\d+\/\d+\] uploaded .* \(([\d.]+) ([KMGT]?i?B)\)$/.exec(line);
  if (found === null) return undefined;
  return Number(found[1]) * 1024 ** (powers[found[2] ?? 'B'] ?? 0);
}
