import { join } from 'node:path';
import { pushContainerImages } from '../../demo/container-images.ts';
import { annotateImage, type Layout, writeImage } from '../layout.ts';
import { destinationIn, measure, type Place, prepare } from '../place.ts';
import type { Turn, Workload } from './workload.ts';

const shape = { layers: 8, size: 1024 * 1024 };

const freshImage = ({ folder, name }: Place, part: string): Promise<Layout> =>
  writeImage(join(folder, part), `${name} ${part}`, shape);

/** (a): an image of which the registry has nothing. */
const pushNew: Turn = async (client, place) => {
  if (client.pushImage === undefined) return {};
  const empty = destinationIn(place, client, 'empty');
  const first = await client.pushImage(await freshImage(place, 'first'), empty);

  const other = destinationIn(place, client, 'other');
  await pushContainerImages(new URL(`http://127.0.0.1:${place.port}`), other.repository, 'other');
  const second = await client.pushImage(await freshImage(place, 'second'), other);
  return {
    'a-empty': await measure(place, [first]),
    'a-other': await measure(place, [second]),
  };
};

/** (b): an image of which the registry has everything, or everything but its manifest. */
const pushAgain: Turn = async (client, place) => {
  if (client.pushImage === undefined) return {};
  const to = destinationIn(place, client, 'again');
  const image = await freshImage(place, 'image');
  await prepare(place, [await client.pushImage(image, to)]);

  const same = await measure(place, [await client.pushImage(image, to)]);
  const annotated = await annotateImage(image, 'another manifest');
  const manifest = await measure(place, [await client.pushImage(annotated, to)]);
  return { 'b-same': same, 'b-manifest': manifest };
};

/** (c): an image that the same client pushed to another repository before. */
const pushElsewhere: Turn = async (client, place) => {
  if (client.pushImage === undefined) return {};
  const before = destinationIn(place, client, 'before');
  const image = await freshImage(place, 'image');
  await prepare(place, [await client.pushImage(image, before)]);

  const to = destinationIn(place, client, 'after');
  const command = await client.pushImage(image, to, before.repository);
  return { c: await measure(place, [command]) };
};

const workload = (name: Workload['case'], turn: Turn): Workload => ({
  case: name,
  isLarge: false,
  open: async () => turn,
});

export const imageWorkloads: readonly Workload[] = [
  workload('a', pushNew),
  workload('b', pushAgain),
  workload('c', pushElsewhere),
];
