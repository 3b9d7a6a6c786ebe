import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { type ScriptedServer, startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';

/** A registry without manifests that wants the token `good`, with a token server of this script. */
const withTokenServer = (
  token: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<ScriptedServer> =>
  startScript((request, response) => {
    if (request.url?.startsWith('/token')) return token(request, response);
    const granted = request.headers.authorization === 'Bearer good';
    if (!granted) response.setHeader('www-authenticate', 'Bearer realm="/token",service="here"');
    response.writeHead(granted ? 404 : 401).end();
  });

test('an identity token is exchanged by POST, and is in no URL', async () => {
  const bodies: string[] = [];
  await using server = await withTokenServer(async (request, response) => {
    bodies.push(await text(request));
    response.end('{"access_token":"good"}');
  });
  const credential = { identityToken: 'se/cret' };
  await using client = openClient({
    credentials: staticCredentials({ registry: server.host, credential }),
  });

  await client.repository({ registry: server.host, repository }).manifests.fetch('v1');

  expect(bodies.map((body) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
    {
      grant_type: 'refresh_token',
      client_id: 'oci-matrix',
      service: 'here',
      scope: 'repository:octo/app:pull',
      refresh_token: 'se/cret',
    },
  ]);
  expect(JSON.stringify(server.requests)).not.toContain('cret');
});

test('a scope that the registry asks for is added', async () => {
  await using server = await startScript((request, response) => {
    if (request.url?.startsWith('/token')) {
      const scopes = new URL(request.url, 'http://x').searchParams.getAll('scope');
      const value = scopes.includes('repository:proxy/octo/app:pull') ? 'good' : 'poor';
      return void response.end(JSON.stringify({ token: value }));
    }
    const granted = request.headers.authorization === 'Bearer good';
    const scope = 'scope="repository:proxy/octo/app:pull",error="insufficient_scope"';
    if (!granted) response.setHeader('www-authenticate', `Bearer realm="/token",${scope}`);
    response.writeHead(granted ? 404 : 401).end();
  });
  await using client = openClient();

  const { manifests } = client.repository({ registry: server.host, repository });

  expect(await manifests.fetch('v1')).toBeUndefined();
});

test.each([
  ['HTML', '<html>'],
  ['a list', '[]'],
  ['no token', '{"expires_in":300}'],
  ['a token that would end its header', JSON.stringify({ token: 'good\r\nx: y' })],
  ['too much', `{"token":"${'x'.repeat(70_000)}"}`],
])('%s is no answer of a token server', async (_, answer) => {
  await using server = await withTokenServer((_request, response) => void response.end(answer));
  await using client = openClient();

  const failure = client.repository({ registry: server.host, repository }).manifests.fetch('v1');

  await expect(failure).rejects.toThrow(/token server|SIZE|at most/);
});
