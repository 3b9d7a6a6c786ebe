import { pushImage } from '@oci-matrix/core';
import { openClient } from '@oci-matrix/distribution';
import { parseManifest } from '@oci-matrix/oci';
import { type Capabilities, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { doJob, imageOfLeg, type Job, repository } from './job.ts';

const legs = [0, 1, 2, 3, 4, 5, 6, 7];
const all = legs.map((leg) => imageOfLeg(leg).root.digest).sort();

/** A registry that has what the legs pushed, with 3 tags a page. */
async function openRegistry(capabilities: Partial<Capabilities> = {}): Promise<Registry> {
  const registry = await startRegistry({ capabilities: { pageSize: 3, ...capabilities } });
  await using client = openClient();
  const opened = client.repository({ registry: registry.host, repository });
  for (const leg of legs) await pushImage({ repository: opened, plan: imageOfLeg(leg) });
  return registry;
}

function digestsAt(registry: Registry, tag: string): string[] {
  const found = registry.manifest(repository, tag);
  const manifest = found && parseManifest(found.bytes, found.mediaType);
  if (manifest?.kind !== 'index') throw new Error(`${tag} is no index`);
  return manifest.index.manifests.map(({ digest }) => digest).sort();
}

const jobsOf = ({ host }: Registry, tag: string, settling: number): Job[] =>
  legs.map((leg) => ({ host, tag, leg, run: 1, settling }));

test('converging: 8 clients that race for one tag lose no entry', async () => {
  await using registry = await openRegistry();
  for (const tag of ['1.0', '1.1', '1.2']) {
    await Promise.all(jobsOf(registry, tag, 0).map((job) => doJob(job)));

    expect(digestsAt(registry, tag)).toEqual(all);
  }
});

test('converging: nor where the registry shows tags and lists late, if they settle for as long', async () => {
  await using registry = await openRegistry({ staleTagReads: 300, staleTagLists: 300 });

  await Promise.all(jobsOf(registry, '1.0', 400).map((job) => doJob(job)));

  expect(digestsAt(registry, '1.0')).toEqual(all);
});

test.each([1, 2, 3, 5, 8, 13])(
  'converging: nor where every client is cut off after request %d, and its job repeated',
  async (last) => {
    await using registry = await openRegistry();

    await Promise.all(
      jobsOf(registry, '1.0', 0).map(async (job) => {
        await doJobUntil(job, last + job.leg).catch(() => undefined);
        await doJob(job);
      }),
    );

    expect(digestsAt(registry, '1.0')).toEqual(all);
  },
);

test('converging: a repeat writes nothing', async () => {
  await using registry = await openRegistry();
  const [job] = jobsOf(registry, '1.0', 0);
  if (job === undefined) throw new Error('no job');
  await doJob(job);
  registry.clearRequests();

  await doJob(job);

  expect(registry.requests('PUT')).toEqual([]);
});

/** Breaks off as soon as so many requests are over, whatever else is underway. */
function doJobUntil(job: Job, last: number): Promise<void> {
  const stopped = new AbortController();
  let left = last;
  return doJob(job, {
    signal: stopped.signal,
    onEvent: ({ type }) => {
      if (type === 'request' && --left <= 0) stopped.abort(new Error('cut off'));
    },
  });
}
