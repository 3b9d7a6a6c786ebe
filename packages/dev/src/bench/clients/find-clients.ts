import { type Client, type ClientName, peerNames } from './client.ts';
import { findCrane } from './crane.ts';
import { findOras } from './oras.ts';
import { type OurClient, openOurs } from './ours.ts';
import { plainUpload } from './plain.ts';
import { findRegctl } from './regctl.ts';
import { findSkopeo } from './skopeo.ts';

/** Everything that can be measured here. */
export interface Clients {
  readonly ours: OurClient;
  /** In the order in which they run: what is compared in pairs is side by side. */
  readonly all: readonly Client[];
  /** The peers that are not installed. */
  readonly missing: readonly ClientName[];
}

const directly = (name: 'ours' | 'plain') =>
  ({ name: `${name}, no proxy`, isDirect: true }) as const;

/** Finds the peers and opens our own client; all of them have `home` as their home folder. */
export async function findClients(home: string): Promise<Clients> {
  const peers = [findCrane(home), findOras(home), findRegctl(home), findSkopeo(home)].filter(
    (peer) => peer !== undefined,
  );
  const found = new Set(peers.map(({ name }) => name));
  const [ours, plain] = [await openOurs(home), plainUpload(home)];
  return {
    ours,
    all: [
      ours,
      plain,
      { ...ours, ...directly('ours') },
      { ...plain, ...directly('plain') },
      ...peers,
    ],
    missing: peerNames.filter((name) => !found.has(name)),
  };
}
