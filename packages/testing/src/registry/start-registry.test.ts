import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startRegistry } from './start-registry.ts';

test('a registry is on loopback, at a port of its own', async () => {
  await using one = await startRegistry();
  await using other = await startRegistry();

  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(one.url).toBe(`http://${one.host}`);
  expect(one.host).not.toBe(other.host);
});

test('a port that is taken is an error', async () => {
  await using registry = await startRegistry();
  const port = Number(new URL(registry.url).port);

  await expect(startRegistry({ port })).rejects.toThrow('EADDRINUSE');
});

test('a registry has the repositories that it was started with, and they are empty', async () => {
  await using registry = await startRegistry({ repositories: ['acme/app'] });

  const answer = await fetch(`${registry.url}/v2/acme/app/tags/list`);

  expect(await answer.json()).toEqual({ name: 'acme/app', tags: [] });
  expect(registry.repositories()).toEqual(['acme/app']);
});

test('closing ends open connections, and may be done twice', async () => {
  const registry = await startRegistry({ capabilities: { redirectBlobs: true } });
  const socket = connect(Number(new URL(registry.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');

  await registry.close();
  await registry.close();

  await ended;
  await expect(fetch(`${registry.url}/v2/`)).rejects.toThrow();
});
