import {
  type ClientEvent,
  type ClientOptions,
  type Credentials,
  openClient,
  type Repository,
} from '@oci-matrix/distribution';
import { OciError } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { pacedClock } from './clock.ts';
import { blobOf, repository } from './content.ts';
import type { Fault } from './fault.ts';
import type { Kind } from './kind.ts';
import { password } from './token-kinds.ts';
import { openWorld, type World } from './world.ts';

/**
 * Does the work while the fault strikes, and once more when all is well, which must succeed. Says what became of the first
 * and how many requests it took: `2`, `absent 1`, `HTTP_503 6`, or `untrue 1` if it came to nothing and the client does not say so.
 */
export async function runCell(kind: Kind, fault: Fault): Promise<string> {
  await using world = await openWorld(kind, fault);

  const outcome = await struckWork(world, kind, fault);

  const { registry } = world;
  expect(kind.isWhole?.(registry) ?? true, 'whole').toBe(true);
  registry.heal();
  await using client = openClient({ credentials: await credentialsOf(world, kind) });
  const again = client.repository({ registry: registry.host, repository });
  expect(await kind.work(again), 'the repeat').toBe('done');
  expect(kind.isThere?.(registry) ?? true, 'there after the repeat').toBe(true);
  return outcome;
}

async function struckWork(world: World, kind: Kind, fault: Fault): Promise<string> {
  const clock = pacedClock(fault.pace);
  const events: ClientEvent[] = [];
  const options: ClientOptions = {
    clock,
    credentials: await credentialsOf(world, kind),
    onEvent: (event) => void events.push(event),
    ...(fault.timeouts === undefined ? {} : { timeouts: fault.timeouts }),
    ...(fault.retry === undefined ? {} : { retry: fault.retry }),
  };
  await using client = openClient(options);
  const own = client.repository({ registry: world.host, repository });
  if (fault.acquainted) await getAcquainted(own);
  if (!fault.down) await kind.before?.(own, world.registry);
  events.splice(0);
  world.strike(clock.now());

  let result = '';
  for (let round = 0; round < (fault.rounds ?? 1); round += 1) result = await resultOf(kind, own);

  const isTrue = result !== 'done' || (kind.isThere?.(world.registry) ?? true);
  // Whatever is still underway is told about when it ends.
  await client.close();
  const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.text] : []));
  fault.check?.({ sleeps: clock.sleeps, warnings });
  const requests = events.filter(({ type }) => type === 'request').length;
  return `${isTrue ? result : 'untrue'} ${requests}`.replace('done ', '');
}

async function resultOf({ work }: Kind, own: Repository): Promise<string> {
  try {
    return await work(own);
  } catch (error) {
    if (error instanceof OciError) return error.code;
    throw error;
  }
}

/** Asks for the token that all further work of the matrix will do with. */
async function getAcquainted({ blobs }: Repository): Promise<void> {
  const { descriptor, source } = blobOf(10);
  await blobs.push(descriptor, source);
}

async function credentialsOf({ registry }: World, kind: Kind): Promise<Credentials> {
  const credential = (await kind.credential?.(registry)) ?? password;
  return async () => (registry.auth.kind === 'none' ? undefined : credential);
}
