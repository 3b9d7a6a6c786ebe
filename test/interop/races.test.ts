import { pushImage } from '@oci-matrix/core';
import type { Repository } from '@oci-matrix/distribution';
import { expect } from 'vitest';
import { imageOfLeg, type Job } from '../races/job.ts';
import { type Processes, startProcesses } from '../races/processes.ts';
import { openStage, type Stage } from './stage.ts';
import { testWith } from './test-with.ts';

const legs = [0, 1, 2, 3, 4, 5, 6, 7];
const all = legs.map((leg) => imageOfLeg(leg).root.digest).sort();
const rounds = 40;

/** Each round has an index of its own; docker-registry shows at once what was written. */
const jobOf = ({ host }: Stage, round: number, leg: number): Job => ({
  ...{ host, tag: `round-${round}`, leg, run: round, settling: 100 },
});

async function openRace(): Promise<Stage & { readonly processes: Processes }> {
  const stage = await openStage('docker-registry');
  for (const leg of legs) {
    await pushImage({ repository: stage.app.repository, plan: imageOfLeg(leg) });
  }
  const processes = startProcesses(legs.length);
  return {
    ...{ ...stage, processes },
    async [Symbol.asyncDispose]() {
      await processes[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    },
  };
}

async function digestsAt({ manifests }: Repository, tag: string): Promise<string[]> {
  const manifest = (await manifests.fetch(tag))?.manifest;
  if (manifest?.kind !== 'index') throw new Error(`${tag} is no index`);
  return manifest.index.manifests.map(({ digest }) => digest).sort();
}

testWith(['docker-registry'], '8 processes in 40 rounds lose no entry', async () => {
  await using race = await openRace();
  for (let round = 1; round <= rounds; round++) {
    await Promise.all(legs.map((leg) => race.processes.run(leg, jobOf(race, round, leg))));

    expect(await digestsAt(race.app.repository, `round-${round}`), `round ${round}`).toEqual(all);
  }
});

testWith(
  ['docker-registry'],
  'nor do they where one of them is killed at a random request, and its job repeated',
  async () => {
    await using race = await openRace();
    for (let round = 1; round <= rounds; round++) {
      const victim = round % legs.length;
      const dieAfter = 1 + Math.floor(Math.random() * 30);
      await Promise.all(
        legs.map(async (leg) => {
          const job = jobOf(race, round, leg);
          const order = leg === victim ? { ...job, dieAfter } : job;
          if (!(await race.processes.run(leg, order))) await race.processes.run(leg, job);
        }),
      );

      const digests = await digestsAt(race.app.repository, `round-${round}`);
      expect(digests, `round ${round}, killed after ${dieAfter}`).toEqual(all);
    }
  },
);
