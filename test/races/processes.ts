import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Order } from './job-process.ts';

/** Processes that do jobs, one at a time each; disposing of them ends them. */
export interface Processes extends AsyncDisposable {
  /** Gives true once the job is done, false if the process died of it: the next job gets a new one. Throws if it failed. */
  run(place: number, order: Order): Promise<boolean>;
}

export function startProcesses(count: number): Processes {
  const children = Array.from({ length: count }, start);
  return {
    async run(place, order) {
      const child = children[place];
      if (child === undefined) throw new RangeError(`there is no process ${place}`);
      child.send(order);
      const ended = new AbortController();
      const { signal } = ended;
      const outcome = await Promise.race([
        once(child, 'message', { signal }).then(() => 'done'),
        once(child, 'exit', { signal }).then(([, killedBy]) => killedBy ?? 'failed'),
      ]);
      ended.abort();
      if (outcome === 'done') return true;
      children[place] = start();
      if (outcome === 'SIGKILL' && order.dieAfter !== undefined) return false;
      throw new Error(`the process of leg ${order.leg} ended: ${outcome}`);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(stop));
    },
  };
}

const start = (): ChildProcess =>
  fork(new URL('./job-process.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
