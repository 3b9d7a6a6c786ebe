import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { startScript } from '../test-kit/scripted-server.ts';
import { collect } from '../verified.ts';
import { paced } from './pace.ts';

const retry = { attempts: 1 };
const piece = new Uint8Array(10);

/** So many pieces, some ms apart, until it is told to stop. */
async function* drip(pieces: number, pause: number, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < pieces; n += 1) {
    await sleep(pause, undefined, { signal: stop });
    yield piece;
  }
}

async function read(bytes: number, pieces: number, readTime = 0): Promise<number> {
  const stop = new AbortController();
  const body = drip(pieces, 20, stop.signal);
  let size = 0;
  const give = (error: Error): void => stop.abort(error);
  for await (const chunk of paced(body, { time: 300, bytes }, give)) {
    size += chunk.byteLength;
    await sleep(readTime);
  }
  return size;
}

test('a body that comes bit by bit is all there in time, or not at all', async () => {
  expect(await read(Number.POSITIVE_INFINITY, 3)).toBe(30);
  await expect(read(Number.POSITIVE_INFINITY, 100)).rejects.toThrow();
});

test('each part of a long body has its own time', async () => {
  expect(await read(20, 30)).toBe(300);
});

test('a slow reader is not held against the body', async () => {
  expect(await read(Number.POSITIVE_INFINITY, 3, 200)).toBe(30);
});

test.each([
  ['a manifest', { method: 'GET', path: '/manifests/' }],
  ['a blob', { method: 'GET', path: '/blobs/' }],
])('%s that drips for ever is a TIMEOUT', async (_, { path }) => {
  const { descriptor } = blobOf(noise(100_000));
  await using server = await startScript(async (_request, response) => {
    response.writeHead(200);
    while (!response.destroyed) {
      response.write('x');
      await sleep(20);
    }
  });
  await using client = openClient({ timeouts: { body: 200 }, retry });
  const own = client.repository({ registry: server.host, repository: 'octo/app' });

  const reading =
    path === '/blobs/' ? collect(own.blobs.fetch(descriptor)) : own.manifests.fetch('v1');

  await expect(reading).rejects.toMatchObject({ code: 'TIMEOUT' });
});
