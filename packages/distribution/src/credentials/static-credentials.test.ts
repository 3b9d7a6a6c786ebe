import { expect, test } from 'vitest';
import { firstCredentials, staticCredentials } from './static-credentials.ts';

const [a, b] = [{ registryToken: 'a' }, { registryToken: 'b' }];

test('a credential is for its own registry alone', async () => {
  const find = staticCredentials({ registry: 'index.docker.io', credential: a });

  expect(await find('docker.io')).toBe(a);
  expect(await find('ghcr.io')).toBeUndefined();
  expect(await find('docker.io.example.com')).toBeUndefined();
});

test('the first that has one counts', async () => {
  const find = firstCredentials(
    staticCredentials({ registry: 'ghcr.io', credential: a }),
    staticCredentials({ registry: 'ghcr.io', credential: b }),
    staticCredentials({ registry: 'quay.io', credential: b }),
  );

  expect(await find('ghcr.io')).toBe(a);
  expect(await find('quay.io')).toBe(b);
  expect(await find('docker.io')).toBeUndefined();
});
