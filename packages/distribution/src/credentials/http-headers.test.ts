import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { startScript } from '../test-kit/scripted-server.ts';
import { dockerCredentials } from './docker-credentials.ts';

// They are what Docker's client says to its daemon: https://docs.docker.com/reference/cli/docker/#custom-http-headers
test('the headers for the daemon of Docker go to no registry', async () => {
  const seen: unknown[] = [];
  await using server = await startScript((request, response) => {
    const { authorization, 'x-meta-secret': meta, cookie } = request.headers;
    seen.push({ authorization, meta, cookie });
    response.writeHead(404).end();
  });
  const file = {
    auths: { [server.host]: { auth: Buffer.from('octo:cat').toString('base64') } },
    HttpHeaders: { 'X-Meta-Secret': 's', Cookie: 's', Authorization: 'Bearer s' },
  };
  const credentials = dockerCredentials({
    env: { DOCKER_CONFIG: '/d' },
    home: '/home/octo',
    readFile: async (path) => (path === '/d/config.json' ? JSON.stringify(file) : undefined),
  });
  await using client = openClient({ credentials });

  await client.repository({ registry: server.host, repository: 'octo/app' }).manifests.fetch('v1');

  expect(seen).toEqual([{ authorization: undefined, meta: undefined, cookie: undefined }]);
});
