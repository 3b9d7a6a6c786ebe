import { expect, test } from 'vitest';
import { originOf } from './origin.ts';

test.each([
  ['ghcr.io', false, 'https://ghcr.io'],
  ['docker.io', false, 'https://registry-1.docker.io'],
  ['registry.lan:5000', false, 'https://registry.lan:5000'],
  ['registry.lan:5000', true, 'http://registry.lan:5000'],
  ['10.0.0.1', false, 'https://10.0.0.1'],
  ['localhost:5000', false, 'http://localhost:5000'],
  ['127.1.2.3', false, 'http://127.1.2.3'],
  ['[::1]:5000', false, 'http://[::1]:5000'],
  ['localhost.evil.example.com', false, 'https://localhost.evil.example.com'],
  ['127.0.0.1.evil.example.com', false, 'https://127.0.0.1.evil.example.com'],
])('%s (plain http: %s) answers at %s', (registry, plainHttp, origin) => {
  expect(originOf(registry, plainHttp).origin).toBe(origin);
});
