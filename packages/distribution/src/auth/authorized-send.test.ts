import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { type Script, type ScriptedServer, startScript } from '../test-kit/scripted-server.ts';

/** A registry whose token server answers by this script. */
const start = (token: Script): Promise<ScriptedServer> =>
  startScript((request, response) => {
    if (request.url?.startsWith('/token')) return token(request, response);
    const granted = request.headers.authorization === 'Bearer good';
    if (!granted) response.setHeader('www-authenticate', 'Bearer realm="/token"');
    response.writeHead(granted ? 404 : 401).end();
  });

const credential = { username: 'octo', password: 'cat' };

test('who gives up on a shared token goes at once, and the others get it', async () => {
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  await using server = await start(async (_, response) => {
    await mayAnswer;
    response.end('{"token":"good"}');
  });
  await using client = openClient({
    credentials: staticCredentials({ registry: server.host, credential }),
  });
  const { manifests } = client.repository({ registry: server.host, repository: 'octo/app' });
  const impatient = new AbortController();

  const patient = manifests.fetch('v1');
  const other = client.repository({ registry: server.host, repository: 'octo/other' });
  const giveUp = [manifests, other.manifests].map((each) =>
    each.fetch('v2', { signal: impatient.signal }).catch((error) => error),
  );
  await delay(50);
  impatient.abort(new Error('no time'));

  expect(await Promise.all(giveUp)).toMatchObject([{ message: 'no time' }, { message: 'no time' }]);
  answer();
  expect(await patient).toBeUndefined();
  expect(server.requests.filter(({ url }) => url.startsWith('/token'))).toHaveLength(1);
});

test('a helper that hangs does not keep those who give up', async () => {
  await using server = await start((_, response) => void response.end('{"token":"good"}'));
  await using client = openClient({ credentials: () => new Promise(() => {}) });
  const { manifests } = client.repository({ registry: server.host, repository: 'octo/app' });

  const fetching = manifests.fetch('v1', { signal: AbortSignal.timeout(50) });

  await expect(fetching).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('once it is known what the registry wants, nobody waits for another', async () => {
  const { promise: both, resolve: meet } = Promise.withResolvers<void>();
  let underway = 0;
  await using server = await startScript(async (request, response) => {
    if (request.url?.startsWith('/token')) return void response.end('{"token":"good"}');
    const granted = request.headers.authorization === 'Bearer good';
    if (!granted) response.setHeader('www-authenticate', 'Bearer realm="/token"');
    if (request.url?.startsWith('/v2/octo/other/')) {
      underway += 1;
      if (underway === 2) meet();
      await both;
    }
    response.writeHead(granted ? 404 : 401).end();
  });
  await using client = openClient();
  const [app, other] = ['octo/app', 'octo/other'].map((repository) =>
    client.repository({ registry: server.host, repository }),
  );
  await app?.manifests.fetch('v1');

  const found = await Promise.all(['v1', 'v2'].map((tag) => other?.manifests.fetch(tag)));

  expect(found).toEqual([undefined, undefined]);
});
