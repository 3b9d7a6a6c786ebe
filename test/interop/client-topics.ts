import { accessCases } from '../client/access.ts';
import { blobCases } from '../client/blobs.ts';
import { copyCases } from '../client/copies.ts';
import { imageCases } from '../client/images.ts';
import { indexCases } from '../client/indexes.ts';
import { manifestCases } from '../client/manifests.ts';
import { mountCases } from '../client/mounts.ts';
import { referrerCases } from '../client/referrers.ts';
import { tagCases } from '../client/tags.ts';
import type { Target } from '../client/target.ts';

const topics = [
  ...[blobCases, mountCases, copyCases, manifestCases, tagCases],
  ...[referrerCases, accessCases, imageCases, indexCases],
];

/** Registers the topics of the client's suite in which no registry has ways of its own: uploads, refusals, deletes and referrers at once are left. */
export function commonTopics(target: Target): void {
  for (const register of topics) register(target);
}
