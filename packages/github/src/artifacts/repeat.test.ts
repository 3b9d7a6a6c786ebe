import { expect, test } from 'vitest';
import { ArtifactError } from './artifact-error.ts';
import { mayPass, repeat, statusOf } from './repeat.ts';

const answered = (status: number): Error =>
  new Error(
    `Failed to ListArtifacts: Received non-retryable error: Failed request: (${status}) No`,
  );
const named = (name: string): Error => Object.assign(new Error('no'), { name });

test.each([
  ['F5: a 403, which proxies answer for a moment', answered(403)],
  ['a 429 of the REST API', Object.assign(new Error('slow down'), { status: 429 })],
  ['a 502', answered(502)],
  ['a lost connection', named('NetworkError')],
  ['an artifact that is not found yet', named('ArtifactNotFoundError')],
  ['another digest than the one that was stored', new ArtifactError('other digest')],
])('%s may pass', (_, error) => {
  expect(mayPass(error)).toBe(true);
});

test.each([
  ['a name that is taken', answered(409)],
  ['a request that is wrong', answered(400)],
  [
    'a token without the permission',
    Object.assign(new Error('not accessible by integration'), { status: 403 }),
  ],
  ['what the client repeated itself', new Error('Failed to make request after 5 attempts: (503)')],
  ['a server without the service', named('GHESNotSupportedError')],
  ['something that is no error', 'no'],
])('%s stays', (_, error) => {
  expect(mayPass(error)).toBe(false);
});

test('the status of an answer is in the words, or a property', () => {
  expect(
    [answered(409), Object.assign(new Error(), { status: 404 }), new Error('x')].map(statusOf),
  ).toEqual([409, 404, undefined]);
});

test('what passes is done once more, and what stays is not', async () => {
  const once = [answered(403)];
  let asked = 0;
  const work = (errors: Error[]) => async (): Promise<string> => {
    asked += 1;
    const error = errors.shift();
    if (error !== undefined) throw error;
    return 'done';
  };

  await expect(repeat(work(once))).resolves.toBe('done');
  await expect(repeat(work([answered(409)]))).rejects.toThrow('(409)');

  expect(asked).toBe(3);
});

test('who stops does not wait', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));

  await expect(repeat(() => Promise.reject(answered(403)), stopped)).rejects.toThrow();
});
