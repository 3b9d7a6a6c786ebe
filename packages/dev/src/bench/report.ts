import type { Client, ClientName } from './clients/client.ts';
import type { ServerName } from './options.ts';
import { renderResults } from './result-table.ts';
import type { Result } from './results.ts';
import { titles, type WorkName } from './workloads/workload.ts';

/** Everything that was measured at one registry and one latency. */
export interface Section {
  readonly server: { readonly name: ServerName; readonly version: string };
  /** In ms. */
  readonly latency: number;
  /** The large blobs were not as large as they should be. */
  readonly isQuick: boolean;
  readonly results: readonly Result[];
  /** What peers could not do, a sentence each. */
  readonly failures: readonly string[];
}

/** What the figures depend on. */
export interface Setting {
  /** As it was typed. */
  readonly command: string;
  readonly clients: readonly Pick<Client, 'name' | 'version' | 'isDirect'>[];
  readonly missing: readonly ClientName[];
  readonly missingServers: readonly ServerName[];
  readonly machine: string;
  readonly rounds: number;
}

const explanation = `Wall time is that of whole processes, cold start included; it, requests and bytes are medians of all rounds, and memory is
the most that any process had resident. The order of the clients changes from round to round. Every turn has a fresh
repository; what is new to the registry is fresh random content. "× best peer" compares medians with the fastest of the
peers at the same work, "× plain" is the median of the ratios within a round to POST and PUT of the same bytes, which hashes
nothing. What says "no proxy" went to the registry directly, and shows what the proxy costs. Ratios to peers are targets where there is latency.`;

/** The text of bench/RESULTS.md; `more` are sections without a registry. */
export const renderReport = (
  setting: Setting,
  sections: readonly Section[],
  more: readonly string[] = [],
): string =>
  [
    '# Measurements',
    `Written by \`${setting.command}\`; what is changed here is lost.`,
    explanation,
    settingLines(setting).join('\n'),
    ...sections.map(renderSection),
    ...more,
  ]
    .join('\n\n')
    .concat('\n');

/** The tables of one section, a title before each. */
export function renderSection({ server, latency, isQuick, results, failures }: Section): string {
  const works = [...new Set(results.map(({ work }) => work))];
  const parts = works.map((work) => {
    const own = results.filter((result) => result.work === work);
    return `### ${isQuick ? quickTitle(work) : titles[work]}\n\n${renderResults(own)}`;
  });
  const failed = failures.length > 0 ? [failures.map((failure) => `- ${failure}`).join('\n')] : [];
  return [`## ${server.name} ${server.version}, ${latency} ms`, ...failed, ...parts].join('\n\n');
}

const quickTitle = (work: WorkName): string =>
  titles[work].replace('1 GiB', '64 MiB').replace('4 GiB', '256 MiB');

function settingLines(setting: Setting): string[] {
  const { clients, missing, missingServers, machine, rounds } = setting;
  const known = clients.filter(({ name, isDirect }) => name !== 'plain' && !isDirect);
  const lacking = [...missing, ...missingServers];
  return [
    `- Clients: ${known.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    ...(lacking.length > 0 ? [`- Skipped, for not being installed: ${lacking.join(', ')}`] : []),
    `- Node ${process.versions.node}`,
    `- ${machine}`,
    `- Rounds: ${rounds}, of (f) 1`,
  ];
}

/** How our targets fared, in a line. */
export function renderVerdict(sections: readonly Section[]): string {
  const targets = sections.flatMap(({ results }) => results.flatMap((result) => result.targets));
  const met = targets.filter(({ isMet }) => isMet).length;
  return `${met} of ${targets.length} targets met`;
}
