import { expect, test } from 'vitest';
import { knownRegistry } from './known-registry.ts';

test.each([
  ['ghcr.io', 'https://ghcr.io/token', 'ghcr.io'],
  ['docker.io', 'https://auth.docker.io/token', 'registry.docker.io'],
  ['index.docker.io', 'https://auth.docker.io/token', 'registry.docker.io'],
  ['registry.gitlab.com', 'https://gitlab.com/jwt/auth', 'container_registry'],
  ['quay.io', 'https://quay.io/v2/auth', 'quay.io'],
  ['us-docker.pkg.dev', 'https://us-docker.pkg.dev/v2/token', 'us-docker.pkg.dev'],
  ['contoso.azurecr.io', 'https://contoso.azurecr.io/oauth2/token', 'contoso.azurecr.io'],
])('%s has its tokens from %s', (registry, realm, service) => {
  const known = knownRegistry(registry);

  expect(known).toMatchObject({ kind: 'bearer', server: { realm: new URL(realm), service } });
});

test.each([
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
])('%s takes a password', (registry) => {
  expect(knownRegistry(registry)).toEqual({ kind: 'basic' });
});

test.each([
  'ghcr.io.example.com',
  'evil-ghcr.io',
  'ghcr.io:8443',
  'ghcrxio',
  'docker.io.example.com',
  'us-docker.pkg.dev.example.com',
  'a.b.azurecr.io',
  'azurecr.io',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com',
  '12.dkr.ecr.eu-west-1.amazonaws.com',
  '127.0.0.1:5000',
])('of %s nothing is known', (registry) => {
  expect(knownRegistry(registry)).toBeUndefined();
});
