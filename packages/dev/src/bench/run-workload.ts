import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { type Client, type ClientName, isPeer } from './clients/client.ts';
import type { Measurement } from './measurement.ts';
import { type CountingProxy, startProxy } from './proxy.ts';
import type { Server, ServerKind } from './servers.ts';
import { type Turn, type Workload, type WorkName, workNames } from './workloads/workload.ts';

/** All measurements of one client at one piece of work, in the order of the rounds. */
export interface Series {
  readonly work: WorkName;
  readonly client: ClientName;
  readonly measurements: Measurement[];
}

export interface WorkloadRun {
  readonly workload: Workload;
  readonly kind: ServerKind;
  readonly clients: readonly Client[];
  /** In ms. */
  readonly latency: number;
  readonly rounds: number;
  /** Hears of every turn that is over. */
  readonly onTurn: (round: number, series: Series, measurement: Measurement) => void;
  /** Hears of every turn that a peer could not end: that is left out, and is no reason to measure nothing more. */
  readonly onFailure: (round: number, client: ClientName, error: unknown) => void;
}

/** Lets every client have a turn in each round; the order changes from round to round, so that noise hits all. */
export async function runWorkload(run: WorkloadRun): Promise<Series[]> {
  const { workload, kind, rounds } = run;
  // Of small work the requests and their delay are the point.
  const clients = run.clients.filter(({ isDirect }) => workload.isLarge || !isDirect);
  await using folder = await temporaryDirectory('bench');
  await using shared = workload.isLarge ? undefined : await openRegistry(kind);
  const turn = await workload.open(folder.path);
  const all = new Map<string, Series>();
  for (let round = 0; round < rounds; round += 1) {
    for (const client of round % 2 === 0 ? clients : [...clients].reverse()) {
      // What was sent once would be there for the others: large blobs get a registry of their own each time.
      await using own = shared === undefined ? await openRegistry(kind) : undefined;
      const registry = shared ?? own;
      if (registry === undefined) continue;
      const name = `${workload.case}-${round}-${client.name.replaceAll(/[^a-z]+/g, '-')}`;
      const place = { ...registry, latency: run.latency, folder: join(folder.path, name), name };
      await mkdir(place.folder);
      const taken = await turn(client, place).catch((error: unknown): Awaited<ReturnType<Turn>> => {
        if (!isPeer(client.name)) throw error;
        run.onFailure(round, client.name, error);
        return {};
      });
      for (const work of workNames) {
        const measurement = taken[work];
        if (measurement === undefined) continue;
        const series = seriesOf(all, work, client.name);
        series.measurements.push(measurement);
        run.onTurn(round, series, measurement);
      }
      await rm(place.folder, { recursive: true });
    }
  }
  return [...all.values()];
}

interface OpenRegistry extends AsyncDisposable {
  readonly port: number;
  readonly proxy: CountingProxy;
}

async function openRegistry(kind: ServerKind): Promise<OpenRegistry> {
  const server: Server = await kind.start();
  const { port } = server;
  const proxy = await startProxy(port);
  return {
    port,
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function seriesOf(all: Map<string, Series>, work: WorkName, client: ClientName): Series {
  const key = `${work} ${client}`;
  const series = all.get(key) ?? { work, client, measurements: [] };
  all.set(key, series);
  return series;
}
