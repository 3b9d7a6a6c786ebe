import { type ClientName, isPeer } from './clients/client.ts';
import { type Measurement, pairedRatio, summarise } from './measurement.ts';
import type { Series } from './run-workload.ts';
import { type Target, targetsOf } from './targets.ts';
import type { WorkName } from './workloads/workload.ts';

/** One line of a table. */
export interface Result {
  readonly work: WorkName;
  readonly client: ClientName;
  readonly summary: Measurement;
  /** Of the wall times; undefined where no peer was measured. */
  readonly toBestPeer: number | undefined;
  /** The median of the pairs; undefined where there is nothing plain to compare with. */
  readonly toPlain: number | undefined;
  readonly targets: readonly Target[];
}

export interface Circumstances {
  /** In ms. */
  readonly latency: number;
  readonly singlePost: boolean;
}

/** Compares all series of the same work with each other. */
export function resultsOf(all: readonly Series[], circumstances: Circumstances): Result[] {
  const works = [...new Set(all.map(({ work }) => work))];
  return works.flatMap((work) =>
    compare(
      all.filter((series) => series.work === work),
      circumstances,
    ),
  );
}

const noProxy = ', no proxy';

function compare(all: readonly Series[], circumstances: Circumstances): Result[] {
  const summaries = all.map(({ client, measurements }) => ({
    client,
    wall: summarise(measurements).wall,
  }));
  const peers = summaries.filter(({ client }) => isPeer(client));
  const bestPeer = peers.length === 0 ? undefined : Math.min(...peers.map(({ wall }) => wall));
  const plain = (suffix: string) =>
    all.find(({ client }) => client === `plain${suffix}`)?.measurements ?? [];
  return all.map(({ work, client, measurements }) => {
    const summary = summarise(measurements);
    // Like is compared with like: past the proxy, or through it.
    const suffix = client.endsWith(noProxy) ? noProxy : '';
    const toPlain = pairedRatio(measurements, plain(suffix));
    const ours = { work, ours: summary, bestPeer, ratioToPlain: toPlain, ...circumstances };
    return {
      work,
      client,
      summary,
      toBestPeer: bestPeer === undefined ? undefined : summary.wall / bestPeer,
      toPlain,
      targets: client === 'ours' ? targetsOf(ours) : [],
    };
  });
}
