import { Worker } from 'node:worker_threads';
import { help, parseSeedRange, type SeedRange } from './options.ts';
import { simulate } from './simulate.ts';
import type { Played } from './worker.ts';

const range = parseSeedRange(process.argv.slice(2));
if (range === undefined) console.log(help);
else if (range.tell) await tell(range.start);
else await playAll(range);

async function tell(seed: number): Promise<void> {
  const { broken, story } = await simulate(seed);
  console.log(story.join('\n'));
  console.log(broken.length === 0 ? '\nevery promise holds' : `\n${broken.join('\n')}`);
  if (broken.length > 0) process.exitCode = 1;
}

async function playAll({ start, seeds, workers }: SeedRange): Promise<void> {
  const begun = performance.now();
  const bad: number[] = [];
  let [played, requests] = [0, 0];
  const hear = (one: Played): void => {
    played += 1;
    requests += one.requests;
    if (one.broken.length > 0) {
      bad.push(one.seed);
      console.log(`seed ${one.seed}: ${one.broken[0]}`);
    }
    if (played % 1000 === 0) console.log(`${played} of ${seeds} seeds`);
  };
  const threads = Array.from({ length: Math.min(workers, seeds) }, (_, at) =>
    play({ start: start + at, end: start + seeds, step: workers }, hear),
  );
  await Promise.all(threads);

  const seconds = (performance.now() - begun) / 1000;
  const speed = `${Math.round(played / seconds)} a second, ${Math.round(requests / played)} requests each`;
  console.log(
    `${played} seeds in ${Math.round(seconds)} s (${speed}): ${bad.length} break a promise`,
  );
  if (bad.length === 0) return;
  console.log(`What happens in one: npm run simulate -- --story --start ${bad[0]}`);
  process.exitCode = 1;
}

function play(share: { start: number; end: number; step: number }, hear: (one: Played) => void) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
  worker.on('message', hear);
  worker.on('error', reject);
  worker.on('exit', () => resolve());
  return promise;
}
