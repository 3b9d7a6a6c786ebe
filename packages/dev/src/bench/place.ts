import type { Client, Destination } from './clients/client.ts';
import { type Command, runCommand } from './command.ts';
import type { Measurement } from './measurement.ts';
import type { CountingProxy } from './proxy.ts';

/** Where one client has its turn. */
export interface Place {
  /** Of the registry itself; what is prepared goes there. */
  readonly port: number;
  readonly proxy: CountingProxy;
  /** In ms, while something is measured. */
  readonly latency: number;
  /** A folder for this turn. */
  readonly folder: string;
  /** A name that no other turn has: it makes repositories and content fresh. */
  readonly name: string;
}

/** A repository that nothing else is pushed to, as the client is to see it. */
export const destinationIn = (place: Place, client: Client, name: string): Destination => ({
  host: client.isDirect ? `127.0.0.1:${place.port}` : place.proxy.host,
  repository: `bench/${place.name}-${name}`,
});

/** Runs commands, some at a time, and tells what they took together. */
export async function measure(
  { proxy, latency, folder }: Place,
  commands: readonly Command[],
  atATime = 1,
): Promise<Measurement> {
  proxy.take();
  proxy.delay(latency);
  try {
    const started = performance.now();
    const memories = await runCommands(commands, atATime, folder);
    const wall = performance.now() - started;
    const known = memories.filter((memory) => memory !== undefined);
    return { ...proxy.take(), wall, memory: known.length === 0 ? undefined : Math.max(...known) };
  } finally {
    proxy.delay(0);
  }
}

/** Runs commands at no latency and without measuring: what has to be there before. */
export async function prepare({ folder }: Place, commands: readonly Command[]): Promise<void> {
  await runCommands(commands, 1, folder);
}

async function runCommands(
  commands: readonly Command[],
  atATime: number,
  folder: string,
): Promise<(number | undefined)[]> {
  const waiting = [...commands];
  const memories: (number | undefined)[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      memories.push(await runCommand(next, folder));
    }
  };
  const workers = Array.from({ length: Math.min(atATime, commands.length) }, work);
  // Where one fails the others still write to the folder: it can be removed when all have ended.
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return memories;
}
