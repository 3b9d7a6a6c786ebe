import { type Digest, digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact, blobOf } from '../test-kit/content.ts';
import { startScript } from '../test-kit/scripted-server.ts';

const bytes = artifact();
const right = digestOf(bytes);
const wrong = blobOf('something else').descriptor.digest;
const right512 = digestOf(bytes, 'sha512');
const wrong512 = digestOf('something else', 'sha512');

async function ask(
  verb: 'fetch' | 'resolve' | 'push',
  asked: string,
  said: string | undefined,
): Promise<Digest | undefined | string> {
  await using server = await startScript((request, response) => {
    const digest = said === undefined ? {} : { 'docker-content-digest': said };
    const push = request.method === 'PUT';
    response.writeHead(push ? 201 : 200, {
      'content-type': mediaTypes.imageManifest,
      'content-length': push ? 0 : bytes.byteLength,
      ...digest,
    });
    response.end(push || request.method === 'HEAD' ? '' : bytes);
  });
  await using client = openClient();
  const { manifests } = client.repository({ registry: server.host, repository: 'octo/app' });
  try {
    if (verb === 'push') {
      return (await manifests.push(bytes, mediaTypes.imageManifest, { tag: asked })).digest;
    }
    const found = await manifests[verb](asked);
    return found !== undefined && 'descriptor' in found ? found.descriptor.digest : found?.digest;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code}` : `${error}`;
  }
}

// Who asked for what, and what the registry says that it gave; it always gives the same bytes.
test.each([
  ['fetch', 'v1', undefined, right],
  ['fetch', 'v1', right, right],
  ['fetch', 'v1', wrong, 'DIGEST_MISMATCH'],
  ['fetch', 'v1', right512, right512],
  ['fetch', 'v1', wrong512, 'DIGEST_MISMATCH'],
  ['fetch', 'v1', 'sha256:short', 'PROTOCOL'],
  ['fetch', right, undefined, right],
  ['fetch', right, right, right],
  ['fetch', right, right512, right],
  ['fetch', right, wrong, 'DIGEST_MISMATCH'],
  ['fetch', right, wrong512, 'DIGEST_MISMATCH'],
  ['fetch', wrong, undefined, 'DIGEST_MISMATCH'],
  ['fetch', wrong, wrong, 'DIGEST_MISMATCH'],
  ['fetch', wrong, right, 'DIGEST_MISMATCH'],
  ['fetch', right512, undefined, right512],
  ['fetch', wrong512, undefined, 'DIGEST_MISMATCH'],
  ['resolve', 'v1', right, right],
  ['resolve', 'v1', undefined, right],
  ['resolve', 'v1', 'nonsense', 'PROTOCOL'],
  ['resolve', right, undefined, right],
  ['resolve', right, wrong, 'DIGEST_MISMATCH'],
  ['resolve', right, right512, right],
  ['push', 'v1', undefined, right],
  ['push', 'v1', right, right],
  ['push', 'v1', right512, right],
  ['push', 'v1', wrong, 'DIGEST_MISMATCH'],
] as const)('%s %s answered with %s: %s', async (verb, asked, said, outcome) => {
  expect(await ask(verb, asked, said)).toBe(outcome);
});

test.each([200, 201, 204])(
  'a push that %d answers, and nothing more, is looked up',
  async (status) => {
    await using server = await startScript((request, response) => {
      response.writeHead(request.method === 'PUT' ? status : 404).end();
    });
    await using client = openClient();
    const { manifests } = client.repository({ registry: server.host, repository: 'octo/app' });

    const pushed = await manifests
      .push(bytes, mediaTypes.imageManifest, { tag: 'v1' })
      .catch((error) => error);

    expect(pushed).toMatchObject({ code: 'PROTOCOL' });
  },
);
