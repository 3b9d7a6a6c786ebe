import { setTimeout as delay } from 'node:timers/promises';
import { doJob, type Job } from './job.ts';

/** What a process is told: a job, and after how many requests it ends itself without a word, if at all. */
export interface Order extends Job {
  readonly dieAfter?: number;
}

process.on('message', (order) => void obey(order as Order));

async function obey({ dieAfter, ...job }: Order): Promise<void> {
  let left = dieAfter ?? Number.POSITIVE_INFINITY;
  await doJob(job, {
    onEvent: ({ type }) => {
      if (type === 'request' && --left === 0) void die();
    },
  });
  process.send?.('done');
}

// A little later, so that it may be in the middle of the next request.
async function die(): Promise<void> {
  await delay(Math.random() * 5);
  process.kill(process.pid, 'SIGKILL');
}
