import { pushImage } from '@oci-matrix/core';
import { elementSources, memberSources } from '@oci-matrix/oci';
import { imageFor } from './images.ts';
import type { PeerName, Peers } from './peers/open-peers.ts';
import type { OpenRepository } from './publish.ts';

export const amd64 = imageFor({ os: 'linux', architecture: 'amd64' });
export const arm64 = imageFor({ os: 'linux', architecture: 'arm64' });
export const riscv64 = imageFor({ os: 'linux', architecture: 'riscv64' });

type Make = (peers: Peers, image: string, digests: readonly string[]) => Promise<void>;

const references = (image: string, digests: readonly string[]): string[] =>
  digests.map((digest) => `${image}@${digest}`);

/** How each of them makes an index of images that are in the repository, at a tag of it. */
const makers: Readonly<Record<PeerName, Make>> = {
  crane: ({ crane }, image, digests) => crane.index(`${image}:latest`, references(image, digests)),
  oras: ({ oras }, image, digests) => oras.index(`${image}:latest`, digests),
  regctl: ({ regctl }, image, digests) =>
    regctl.index(`${image}:latest`, references(image, digests)),
  // It makes none, but copies what another one made.
  skopeo: async ({ oras, skopeo }, image, digests) => {
    await oras.index(`${image}:made`, digests);
    await skopeo.copy(`${image}:made`, `${image}:latest`);
  },
};

/** Lets a client of other people make `latest`, an index of two images of ours. */
export async function makeIndex(
  peer: PeerName,
  peers: Peers,
  { image, repository }: OpenRepository,
): Promise<void> {
  for (const plan of [amd64, arm64]) await pushImage({ repository, plan });
  await makers[peer](peers, image, [amd64.root.digest, arm64.root.digest]);
}

/** The entries of an index, as they are written. */
export function entriesIn(bytes: Uint8Array | undefined): string[] {
  const members = memberSources(new TextDecoder().decode(bytes));
  return elementSources(members.get('manifests') ?? '[]').map((text) => text.trim());
}
