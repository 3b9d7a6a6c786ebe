import type { LookupFunction } from 'node:net';
import { expect, test } from 'vitest';
import { createGuard, type Guard } from './guard.ts';

const names: Record<string, string> = {
  'registry.example.com': '93.184.216.34',
  'cdn.example.com': '93.184.216.35',
  'registry.corp': '10.0.0.5',
  'auth.corp': '10.0.0.6',
  'rebound.example.com': '127.0.0.1',
  'metadata.example.com': '169.254.169.254',
  localhost: '127.0.0.1',
};
const lookup: LookupFunction = (name, _, callback) =>
  callback(null, [{ address: names[name] ?? '', family: 4 }]);

const resolved = (guard: Guard, name: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    guard.lookup(name, {}, (error, address) => (error ? reject(error) : resolve(address)));
  });

test.each([
  ['registry.example.com', 'cdn.example.com', true],
  ['registry.example.com', 'auth.corp', false],
  ['registry.example.com', 'rebound.example.com', false],
  ['registry.example.com', 'metadata.example.com', false],
  ['registry.corp', 'auth.corp', true],
  ['registry.corp', 'cdn.example.com', true],
  ['registry.corp', 'rebound.example.com', false],
  ['registry.corp', 'metadata.example.com', false],
  ['localhost', 'rebound.example.com', true],
  ['localhost', 'auth.corp', true],
  ['localhost', 'metadata.example.com', false],
])('%s may send us to the name %s: %s', async (registry, target, allowed) => {
  const outcome = resolved(createGuard(registry, lookup), target);

  if (allowed) await expect(outcome).resolves.toBe(names[target]);
  else await expect(outcome).rejects.toMatchObject({ code: 'PROTOCOL' });
});

test.each([
  ['registry.example.com', 'https://93.184.216.40/x', true],
  ['registry.example.com', 'https://127.0.0.1/x', false],
  ['registry.example.com', 'https://2130706433/x', false],
  ['registry.example.com', 'https://0x7f.1/x', false],
  ['registry.example.com', 'https://0.0.0.0/x', false],
  ['registry.example.com', 'https://[::1]/x', false],
  ['registry.example.com', 'https://[::ffff:10.0.0.1]/x', false],
  ['registry.example.com', 'https://[fd00::1]/x', false],
  ['registry.example.com', 'https://192.168.1.1/x', false],
  ['10.0.0.5', 'https://10.0.0.6/x', true],
  ['10.0.0.5', 'https://169.254.169.254/x', false],
  ['[::1]', 'http://127.0.0.1/x', true],
])('%s may send us to the address %s: %s', async (registry, target, allowed) => {
  const outcome = createGuard(registry, lookup).check(new URL(target));

  if (allowed) await expect(outcome).resolves.toBeUndefined();
  else await expect(outcome).rejects.toMatchObject({ code: 'PROTOCOL' });
});

test('all addresses come if all are asked for', async () => {
  const guard = createGuard('registry.example.com', lookup);

  const found = await new Promise((resolve) => {
    guard.lookup('cdn.example.com', { all: true }, (_, addresses) => resolve(addresses));
  });

  expect(found).toEqual([{ address: '93.184.216.35', family: 4 }]);
});
