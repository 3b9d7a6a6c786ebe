import type { Authority } from './authorization.ts';
import type { Capabilities } from './capabilities.ts';
import type { Exchange } from './exchange.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Repository } from './repository.ts';
import type { Storage } from './storage.ts';
import type { Upload } from './upload.ts';

/** All that the handlers of one registry share. */
export interface State {
  readonly capabilities: Capabilities;
  readonly storage: Storage;
  readonly authority: Authority | undefined;
  /** The sessions that were started and not finished, by id. */
  readonly uploads: Map<string, Upload>;
  readonly counts: { blobsUploaded: number; blobsMounted: number };
  /** Where `redirectBlobs` and `externalUploads` point, the secret that opens it, and the way back. */
  readonly external: { origin: string; readonly signature: string; registryOrigin: string };
}

/** The repository that the path names; refuses where it has never held anything. */
export function knownRepository(state: State, { repository }: Exchange): Repository {
  const found = state.storage.find(repository);
  if (found === undefined) {
    throw absent(state, 'NAME_UNKNOWN', `repository ${repository} is not known to this registry`);
  }
  return found;
}

/** The refusal of what is not there; a registry may say no more than that it is forbidden. */
export const absent = ({ capabilities }: State, code: string, message: string): Refusal =>
  capabilities.denyAbsent
    ? refusal(403, 'DENIED', 'the requested access is denied')
    : refusal(404, code, message);

/** What to answer in `Location` for a path of this registry. */
export function locationOf(
  { capabilities, external }: State,
  exchange: Exchange,
  path: string,
): string {
  const origin = exchange.server === 'registry' ? exchange.origin : external.registryOrigin;
  return capabilities.relativeLocation && exchange.server === 'registry'
    ? path
    : `${origin}${path}`;
}
