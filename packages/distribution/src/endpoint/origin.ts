import { isLoopbackHost } from '../transport/address.ts';

/** Docker Hub's registry answers on another host than its name: https://github.com/distribution/reference/blob/v0.6.0/normalize.go */
const dockerHubHost = 'registry-1.docker.io';

/** Where a registry answers: https, but http on loopback and, if `plainHttp`, everywhere. */
export function originOf(registry: string, plainHttp: boolean): URL {
  const host = registry === 'docker.io' ? dockerHubHost : registry;
  const url = new URL(`https://${host}`);
  return plainHttp || isLoopbackHost(url.hostname) ? new URL(`http://${host}`) : url;
}

/** True of an origin that may be sent a password: over TLS, or to this very machine. */
export const isConfidential = (origin: URL): boolean =>
  origin.protocol === 'https:' || isLoopbackHost(origin.hostname);
