import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSize } from '@oci-matrix/github';
import { type Run, runWorkflow, startRegistry } from '@oci-matrix/testing';
import { pushContainerImages } from './container-images.ts';
import { type DemoOptions, demoOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { fetchPublished, renderTree } from './tree.ts';

const checkout = join(import.meta.dirname, '../../../..');
const workflow = 'examples/garden-linux.yml';
const version = '1877.3';

try {
  const options = demoOptions(process.argv.slice(2));
  if (options !== undefined) await demo(options);
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function demo({ registry, repository }: DemoOptions): Promise<void> {
  await using embedded = registry === undefined ? await startRegistry() : undefined;
  const url = new URL(embedded?.url ?? registry ?? '');
  const image = `${url.host}/${repository}`;

  console.log(`Another tool pushes two container images to ${image}:${version}`);
  const foreign = await pushContainerImages(url, repository, version);

  console.log(`${workflow}: 28 legs push, one job publishes`);
  const spent = counter(() => embedded?.statistics());
  await using first = await release(image);
  const { requests, bytesIn } = spent();
  const published = await fetchPublished(url, repository, version);
  console.log(
    `\n${renderTree(
      published,
      [version, 'latest'].map((tag) => `${image}:${tag}`),
      foreign,
    )}`,
  );
  console.log(`\nJob summary: ${await writeSummary(first)}`);
  if (embedded) console.log(`Requests: ${requests} (${formatSize(bytesIn)} sent)`);

  console.log('\nThe same release once more');
  const again = counter(() => embedded?.statistics());
  await using second = await release(image);
  const repeated = again();
  const same = (await fetchPublished(url, repository, version)).digest === published.digest;
  if (second.conclusion !== 'success' || !same) throw new Error('the second run changed the index');
  if (/PUT|POST|PATCH|DELETE/.test(repeated.requests)) {
    throw new Error(`the second run wrote: ${repeated.requests}`);
  }
  console.log(`  the same digest${embedded ? `; nothing was written: ${repeated.requests}` : ''}`);
}

async function release(image: string): Promise<Run> {
  const started = performance.now();
  const progress = showProgress(process.stdout);
  const run = await runWorkflow({
    checkout,
    workflow,
    vars: { IMAGE: image },
    onEvent: progress.hear,
  });
  progress.end();
  if (run.conclusion !== 'success') {
    const [reason] = run.annotations().filter(({ level }) => level === 'error');
    throw new Error(`the release failed: ${reason?.message ?? run.conclusion}`);
  }
  console.log(
    `  ${run.jobs.length} jobs in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return run;
}

interface Spent {
  readonly requests: string;
  readonly bytesIn: number;
}

/** Counts the requests from now on, by method. */
function counter(
  statistics: () =>
    | { readonly byKind: Readonly<Record<string, number>>; readonly bytesIn: number }
    | undefined,
): () => Spent {
  const before = statistics();
  return () => {
    const after = statistics();
    const kinds = Object.entries(after?.byKind ?? {})
      .map(([kind, count]) => [kind, count - (before?.byKind[kind] ?? 0)] as const)
      .filter(([, count]) => count > 0);
    const bytesIn = (after?.bytesIn ?? 0) - (before?.bytesIn ?? 0);
    return { requests: kinds.map(([kind, count]) => `${count} ${kind}`).join(', '), bytesIn };
  };
}

async function writeSummary(run: Run): Promise<string> {
  const folder = join(tmpdir(), 'oci-matrix-demo');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'summary.md');
  await writeFile(
    file,
    run
      .job('publish')
      .steps.map(({ summary }) => summary)
      .join('\n'),
  );
  return file;
}
