import {
  type Client,
  type ClientEvent,
  type Credentials,
  dockerCredentials,
  firstCredentials,
  openClient,
  staticCredentials,
} from '@oci-matrix/distribution';
import type { RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

export interface AccessOptions {
  readonly image: RepositoryName;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** GitHub's token; for ghcr.io alone. */
  readonly token?: string | undefined;
  readonly plainHttp?: boolean;
  /** Bodies at a time. */
  readonly concurrency?: number;
  /** Where the logins of Docker and podman are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ClientEvent) => void;
}

/** A client for the registry of one image: with the user name and password given, else the logins on this machine, else, on ghcr.io, GitHub's token. */
export function openClientFor(options: AccessOptions): Client {
  const { concurrency, plainHttp, signal, onEvent } = options;
  return openClient({
    credentials: credentialsFor(options),
    ...(concurrency === undefined ? {} : { concurrency: { bodies: concurrency } }),
    ...(plainHttp === undefined ? {} : { plainHttp }),
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onEvent }),
  });
}

function credentialsFor({
  image: { registry },
  username,
  password,
  token,
  env,
  home,
}: AccessOptions): Credentials {
  if ((username === undefined) !== (password === undefined)) {
    const [given, absent] =
      username === undefined ? ['password', 'username'] : ['username', 'password'];
    throw new MatrixError('INPUT_INVALID', `${given} was given without ${absent}`, {
      hint: 'Give both, or neither; without them the logins of docker/login-action apply.',
    });
  }
  const login =
    username === undefined || password === undefined
      ? []
      : [staticCredentials({ registry, credential: { username, password } })];
  const github =
    token === undefined || token === ''
      ? []
      : [
          staticCredentials({
            registry: 'ghcr.io',
            credential: { username: 'github', password: token },
          }),
        ];
  return firstCredentials(...login, dockerCredentials({ env, home }), ...github);
}
