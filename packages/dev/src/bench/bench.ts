import type { Client } from './clients/client.ts';
import type { BenchOptions, ServerName } from './options.ts';
import type { Section } from './report.ts';
import { formatWall } from './result-table.ts';
import { resultsOf } from './results.ts';
import { runWorkload, type Series } from './run-workload.ts';
import { findServer, type ServerKind } from './servers.ts';
import { totalOf } from './traffic.ts';
import { imageWorkloads } from './workloads/images.ts';
import { largeWorkloads } from './workloads/large.ts';
import { legsWorkload } from './workloads/legs.ts';
import type { Workload } from './workloads/workload.ts';

export interface FoundServers {
  readonly kinds: readonly ServerKind[];
  readonly missing: readonly ServerName[];
}

/** Those that were asked for; else, of those installed, one that takes no single POST and one that does. */
export function findServers(asked: readonly ServerName[] | undefined): FoundServers {
  if (asked !== undefined) {
    const kinds = asked.map(findServer).filter((kind) => kind !== undefined);
    const found = kinds.map(({ name }) => name);
    return { kinds, missing: asked.filter((name) => !found.includes(name)) };
  }
  const twoSteps = findServer('docker-registry') ?? findServer('distribution');
  const kinds = [twoSteps, findServer('olareg')].filter((kind) => kind !== undefined);
  if (kinds.length > 0) return { kinds, missing: [] };
  const embedded = findServer('embedded');
  return { kinds: embedded === undefined ? [] : [embedded], missing: [] };
}

/** Measures everything at one registry: a section for each latency, as soon as it is complete. */
export async function* measureAt(
  kind: ServerKind,
  clients: readonly Client[],
  options: BenchOptions,
): AsyncGenerator<Section> {
  const workloads = [...imageWorkloads, legsWorkload, ...largeWorkloads(options.quick)].filter(
    (workload) => options.cases.includes(workload.case),
  );
  const large = workloads.filter(({ isLarge }) => isLarge);
  const small = workloads.filter(({ isLarge }) => !isLarge);
  // Of large blobs the bytes are what takes time: they are measured without latency, whatever else is asked for.
  const latencies = [...new Set([...(large.length > 0 ? [0] : []), ...options.latencies])];
  for (const latency of latencies) {
    const chosen = [
      ...(options.latencies.includes(latency) ? small : []),
      ...(latency === 0 ? large : []),
    ];
    const all: Series[] = [];
    const failures: string[] = [];
    for (const workload of chosen) {
      const one = { workload, kind, clients, latency, failures };
      all.push(...(await measureOne(one, options.repeat)));
    }
    const results = resultsOf(all, { latency, singlePost: kind.singlePost });
    if (results.length > 0)
      yield { server: kind, latency, isQuick: options.quick, results, failures };
  }
}

interface One {
  readonly workload: Workload;
  readonly kind: ServerKind;
  readonly clients: readonly Client[];
  readonly latency: number;
  /** Gets a sentence for each turn of a peer that failed. */
  readonly failures: string[];
}

function measureOne({ failures, ...one }: One, repeat: number): Promise<Series[]> {
  const { kind, latency, workload } = one;
  return runWorkload({
    ...one,
    // The largest blob is measured for its memory, which hardly varies.
    rounds: workload.case === 'f' ? 1 : repeat,
    onTurn: (round, { work, client }, measurement) => {
      const where = `${kind.name}, ${latency} ms, ${work}, round ${round + 1}`;
      const took = `${formatWall(measurement.wall)}, ${totalOf(measurement)} requests`;
      console.log(`${where}: ${client} ${took}`);
    },
    onFailure: (round, client, error) => {
      failures.push(`${client} failed in round ${round + 1} of (${workload.case}).`);
      const reason = error instanceof Error ? error.message : String(error);
      console.log(`${kind.name}, ${latency} ms: ${failures.at(-1)} ${reason}`);
    },
  });
}
