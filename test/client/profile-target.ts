import { staticCredentials } from '@oci-matrix/distribution';
import {
  type Capabilities,
  completeCapabilities,
  type Profile,
  type ProfileName,
  profiles,
  type Registry,
  startRegistry,
} from '@oci-matrix/testing';
import { hurriedClock, hurry } from './hurried-clock.ts';
import type { Claims, Target } from './target.ts';

/** The embedded registry as one of the real ones is, under test. */
export interface ProfileTarget extends Target {
  readonly registry: Registry;
}

// Where a push makes no repository these are there from the start: more than there are cases.
const names = Array.from({ length: 200 }, (_, at) => `client/prepared-${at}`);

/** Starts a registry of that profile. What else is given goes before what the profile says. */
export async function startProfile(
  name: ProfileName,
  more: Partial<Capabilities> = {},
): Promise<ProfileTarget> {
  const profile = profiles[name];
  const capabilities = hurried(completeCapabilities({ ...profile.capabilities, ...more }));
  const prepared = capabilities.createRepositories ? [] : names;
  const registry = await startRegistry({ profile: name, capabilities, repositories: prepared });
  const left = [...prepared];
  return {
    registry,
    host: registry.host,
    claims: claimsOf(profile, capabilities),
    client: { clock: hurriedClock, ...loginOf(registry) },
    ...(prepared.length === 0 ? {} : { newName: () => left.pop() ?? 'client/none-left' }),
    breakDownload: (repository, digest, after) =>
      registry.fail('GET', new RegExp(`/${repository}/blobs/${digest}`), { truncate: after }),
  };
}

// Who does not wait for the client's pauses must not wait for the registry either.
const hurried = (capabilities: Capabilities): Capabilities => ({
  ...capabilities,
  staleTagReads: capabilities.staleTagReads / hurry,
  staleTagLists: capabilities.staleTagLists / hurry,
});

function loginOf({ auth, host }: Registry): Pick<NonNullable<Target['client']>, 'credentials'> {
  if (auth.kind === 'none') return {};
  const { username, password } = auth;
  return { credentials: staticCredentials({ registry: host, credential: { username, password } }) };
}

const claimsOf = ({ auth }: Profile, can: Capabilities): Claims => ({
  pull: auth.kind === 'none' || auth.pull === 'anonymous' ? 'anybody' : 'known',
  push: auth.kind === 'none' ? 'anybody' : 'known',
  absence: can.denyAbsent ? 'denied' : 'absent',
  createsRepositories: can.createRepositories,
  singlePost: can.singlePost,
  mount: can.mount,
  multiTag: can.multiTag,
  referrers: can.referrers,
  sha512: can.sha512,
  artifacts: can.contentTypes.length === 0,
  missingBlob: can.checkManifestContent ? 'named' : 'taken',
  missingChild: can.checkManifestContent ? 'named' : 'taken',
  missingSubject: !can.requireSubject,
  tags: can.immutableTags ? (can.repeatImmutable ? 'repeat' : 'stay') : 'move',
  deleteTags: can.delete,
  deleteManifests: can.delete,
  deleteBlobs: can.delete,
  absentBlobDeletes: 'absent',
  staleness: Math.max(can.staleTagReads, can.staleTagLists),
});
