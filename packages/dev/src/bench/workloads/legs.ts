import { join } from 'node:path';
import type { Client } from '../clients/client.ts';
import type { Command } from '../command.ts';
import { type LegFiles, writeLegs } from '../leg-files.ts';
import { destinationIn, measure, type Place } from '../place.ts';
import type { Turn, Workload } from './workload.ts';

const legCount = 28;
const processesAtATime = 8;

/** (d): a leg that has the registry for itself, then all the legs of a release, then the index of them. */
const release: Turn = async (client, place) => {
  const { pushFiles } = client;
  if (pushFiles === undefined) return {};
  const [alone, legs] = await Promise.all([
    legsIn(place, 'alone', 1),
    legsIn(place, 'all', legCount),
  ]);
  const one = await commandsFor(pushFiles, alone, destinationIn(place, client, 'alone'));
  const to = destinationIn(place, client, 'all');
  const all = await commandsFor(pushFiles, legs, to);

  const results = {
    'd-leg': await measure(place, one),
    'd-legs': await measure(place, all, processesAtATime),
  };
  const index = await client.pushIndex?.(legs, to);
  return index === undefined ? results : { ...results, 'd-index': await measure(place, [index]) };
};

const legsIn = ({ folder, name }: Place, part: string, total: number): Promise<LegFiles[]> =>
  writeLegs(join(folder, part), `${name} ${part}`, total);

const commandsFor = (
  pushFiles: NonNullable<Client['pushFiles']>,
  legs: readonly LegFiles[],
  to: Parameters<typeof pushFiles>[1],
): Promise<Command[]> => Promise.all(legs.map((leg) => pushFiles(leg, to)));

export const legsWorkload: Workload = { case: 'd', isLarge: false, open: async () => release };
