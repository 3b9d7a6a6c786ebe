import { expect, test } from 'vitest';
import { codesIn, locationIn } from '../sample.ts';
import { startRegistry } from '../start-registry.ts';
import { logIn, pushImage, startUpload } from './sample.ts';

const given = { profile: 'ecr', repositories: ['acme/app'] } as const;

test('a push to a repository that nobody created is a 404', async () => {
  await using registry = await startRegistry(given);
  const login = await logIn(registry, 'acme/other');

  const answer = await login.ask('blobs/uploads/', { method: 'POST' });

  expect(answer.status).toBe(404);
  expect(await codesIn(answer)).toEqual(['NAME_UNKNOWN']);
});

test('a chunk answers 201, and the second one vanishes', async () => {
  await using registry = await startRegistry(given);
  const login = await logIn(registry, 'acme/app');
  const patch = (location: URL, range: string, body: string) =>
    login.ask(location, { method: 'PATCH', headers: { 'content-range': range }, body });

  const first = await patch(await startUpload(login), '0-2', 'con');
  const second = await patch(locationIn(first), '3-6', 'tent');

  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.headers.get('range')).toBe('0-2');
});

test('an immutable tag is said to exist, to a repeat as to a move', async () => {
  await using registry = await startRegistry({ ...given, capabilities: { immutableTags: true } });
  const login = await logIn(registry, 'acme/app');
  await pushImage(login, 'v1');

  const { answer: repeated } = await pushImage(login, 'v1');
  const { answer: moved } = await pushImage(login, 'v1', { annotations: { a: 'b' } });

  expect([repeated.status, moved.status]).toEqual([400, 400]);
  expect(await codesIn(repeated)).toEqual(['ImageTagAlreadyExistsException']);
  expect(await codesIn(moved)).toEqual(['ImageTagAlreadyExistsException']);
});

test('the name to log in with is AWS, by basic credentials', async () => {
  await using registry = await startRegistry(given);

  const answer = await fetch(`${registry.url}/v2/`);

  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
  expect(registry.auth).toMatchObject({ username: 'AWS' });
});

test('a mount starts an upload', async () => {
  await using registry = await startRegistry(given);
  const { digest } = registry.seedBlob('acme/base', 'content');
  const login = await logIn(registry, 'acme/app');

  const answer = await login.ask(`blobs/uploads/?mount=${digest}&from=acme/base`, {
    method: 'POST',
  });

  expect(answer.status).toBe(202);
});
