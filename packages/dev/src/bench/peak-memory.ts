import { readFileSync } from 'node:fs';

/** Watches how much memory a process has had at most. */
export interface MemoryWatch {
  /** In bytes, when the process is over; undefined where the system does not tell. */
  end(): number | undefined;
}

// The mark only rises, so what is missed are the last few ms of a process.
const interval = 5;

/** Watches `VmHWM` of https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, which other systems do not have. */
export function watchMemory(pid: number): MemoryWatch {
  let peak: number | undefined;
  const look = (): void => {
    peak = peakOf(readStatus(pid)) ?? peak;
  };
  look();
  const timer = setInterval(look, interval);
  return {
    end: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
}

/** Reads the high-water mark, in bytes; a process that is over has none. */
export function peakOf(status: string): number | undefined {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
