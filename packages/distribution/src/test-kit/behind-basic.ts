import { type Client, openClient } from '../client.ts';
import type { Credential } from '../credentials/credential.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import type { Repository } from '../repository.ts';
import { fastClock } from './fast-clock.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

export const user = { username: 'octo', password: 'cat' };

/** A client that has a credential for this registry, and a repository there. */
export function openFor(
  { host }: ScriptedServer,
  credential: Credential = user,
): { client: Client; own: Repository } {
  const credentials = staticCredentials({ registry: host, credential });
  const client = openClient({ credentials, clock: fastClock() });
  return { client, own: client.repository({ registry: host, repository: 'octo/app' }) };
}

/** Asks for the password first, and lets the script answer who has given it. */
export const behindBasic =
  (script: Script): Script =>
  (request, response) => {
    if (request.headers.authorization !== undefined) return script(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
  };

/** The credentials that a server was sent. */
export const credentialsSeen = ({ requests }: ScriptedServer): string[] =>
  requests.flatMap(({ authorization }) => authorization ?? []);
