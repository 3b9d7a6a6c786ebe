import { expect, test } from 'vitest';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { blobOf } from '../test-kit/content.ts';
import { base64, guardedHost, openHost, split, tokenHost, unauthorized } from './test-kit/hosts.ts';
import { type Host, type Internet, openInternet } from './test-kit/internet.ts';

const registry = 'images.example.com';
const realm = `https://${registry}/token`;
const basic = `Basic ${base64('ada:secret')}`;
const manifest = `HEAD https://${registry}/v2/ada/app/manifests/v1`;
const tokenFor = (scope: string): string =>
  `GET ${realm}?scope=${scope}&account=ada as Basic ada:secret`;
const pull = 'repository:ada/app:pull';

const open = (host: Host, token: Host = tokenHost(basic)): Internet =>
  openInternet(
    { [registry]: split('/token', token, host) },
    staticCredentials({ registry, credential: { username: 'ada', password: 'secret' } }),
  );

const resolve = (internet: Internet): Promise<unknown> =>
  internet.repository(registry).manifests.resolve('v1');

test.each([
  ['an absolute realm', [`Bearer realm="${realm}"`]],
  ['a relative realm', ['Bearer realm="/token"']],
  ['a realm without quotes', [`Bearer realm=${realm}`]],
  ['a scheme in other letters', [`BEARER REALM="${realm}"`]],
  ['Basic before Bearer', [`Basic realm="x", Bearer realm="${realm}"`]],
  ['a header each', ['Negotiate', 'Basic realm="x"', `Bearer realm="${realm}"`]],
  ['Bearer without a realm beside one with it', [`Bearer, Bearer realm="${realm}"`]],
])('a challenge with %s leads to a token', async (_, challenges) => {
  const internet = open((seen) =>
    seen.authorization === 'Bearer t1'
      ? openHost(seen)
      : { status: 401, headers: { 'www-authenticate': challenges } },
  );

  await resolve(internet);

  expect(internet.sent).toEqual([manifest, tokenFor(pull), `${manifest} as Bearer t1`]);
});

test('a challenge by Bearer without a realm, beside Basic, leads to the password', async () => {
  const internet = open(guardedHost('Bearer, Basic realm="x"', basic));

  await resolve(internet);

  expect(internet.sent).toEqual([manifest, `${manifest} as Basic ada:secret`]);
});

test('a registry that asks for nothing gets nothing', async () => {
  const internet = open(openHost);
  const { descriptor, source } = blobOf('hello');

  await internet.repository(registry).blobs.push(descriptor, source);

  expect(internet.sent).toHaveLength(2);
  expect(internet.sent.filter((line) => line.includes(' as '))).toEqual([]);
});

const wide = 'repository:ada/app:pull repository:cache/ada/app:pull';

/** A proxy that needs a token for what is behind it, too. */
const proxy =
  (wanted: readonly string[]): Host =>
  (seen) =>
    wanted.includes(seen.authorization)
      ? openHost(seen)
      : unauthorized(`Bearer realm="${realm}",scope="${wide}",error="insufficient_scope"`);

test('a scope that the registry wants on top is asked for once, and remembered', async () => {
  const token = tokenHost(basic, { expires_in: 300 });
  const internet = open(proxy(['Bearer t1', 'Bearer t2']), token);

  await resolve(internet);
  internet.clock.advance(299_000);
  await resolve(internet);

  const both = tokenFor('repository:ada/app:pull&scope=repository:cache/ada/app:pull');
  expect(internet.sent).toEqual([
    ...[manifest, both, `${manifest} as Bearer t1`],
    ...[both, `${manifest} as Bearer t2`],
  ]);
});

test('a token with all that is wanted, and yet not enough, is not asked for again', async () => {
  const internet = open(proxy([]));

  await expect(resolve(internet)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(resolve(internet)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });

  expect(internet.sent.filter((line) => line.startsWith('GET'))).toHaveLength(1);
  expect(internet.sent).toHaveLength(4);
});

/** Lets the first token in so often, and then the second. */
function expiring(uses: number, refusal: Host): Host {
  let used = 0;
  return (seen) => {
    if (seen.authorization === '') return unauthorized(`Bearer realm="${realm}"`);
    used += 1;
    return seen.authorization === 'Bearer t1' && used > uses ? refusal(seen) : openHost(seen);
  };
}

test.each([
  [
    'with a challenge',
    (): ReturnType<Host> => unauthorized(`Bearer realm="${realm}",error="invalid_token"`),
  ],
  ['without a challenge', (): ReturnType<Host> => ({ status: 401 })],
])(
  'a 401 after the body, %s, is cured by a new token, also for an empty one',
  async (_, refusal) => {
    const internet = open(expiring(1, refusal));
    const { descriptor, source } = blobOf('');

    await internet.repository(registry).blobs.push(descriptor, source);

    const methods = internet.sent.map((line) => [line.split(' ')[0], line.split(' ').at(-1)]);
    expect(methods.slice(-4)).toEqual([
      ['POST', 't1'],
      ['PUT', 't1'],
      ['GET', 'ada:secret'],
      ['PUT', 't2'],
    ]);
  },
);

test('a token that is refused twice is no reason to go on', async () => {
  const internet = open(() => unauthorized(`Bearer realm="${realm}"`));

  await expect(resolve(internet)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });

  expect(internet.sent).toEqual([manifest, tokenFor(pull), `${manifest} as Bearer t1`]);
});
