import { canonicalRegistry } from '../credentials/credential.ts';
import type { TokenServer } from './token.ts';

/** What a registry is known to want before it is asked. Only a saving: what turns out wrong is asked for as everywhere else. */
export type KnownRegistry =
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'bearer';
      readonly server: TokenServer;
      /** Whether those without a user need a token too. */
      readonly anonymous: boolean;
      /** Whether a user's secret may be sent in the place of a token. */
      readonly direct: boolean;
    };

const bearer = (
  realm: string,
  service: string,
  { anonymous = false, direct = false } = {},
): KnownRegistry => ({
  kind: 'bearer',
  server: { realm: new URL(realm), service },
  anonymous,
  direct,
});

/** Each with the source of what it says. A password goes to the host that is written here, or to the registry's own. */
const table: readonly (readonly [RegExp, (host: string) => KnownRegistry])[] = [
  // The realm: https://toddysm.com/2024/02/12/authenticating-with-oci-registries-github-container-registry-ghcr-implementation
  // The secret as it is: https://github.com/argoproj-labs/argocd-image-updater/issues/303, https://github.com/updatecli/updatecli/issues/245
  [
    /^ghcr\.io$/,
    (host) => bearer('https://ghcr.io/token', host, { anonymous: true, direct: true }),
  ],
  // https://distribution.github.io/distribution/spec/auth/token/
  [
    /^docker\.io$/,
    () => bearer('https://auth.docker.io/token', 'registry.docker.io', { anonymous: true }),
  ],
  // https://github.com/deitch/docker_registry2/issues/14
  [
    /^registry\.gitlab\.com$/,
    () => bearer('https://gitlab.com/jwt/auth', 'container_registry', { anonymous: true }),
  ],
  // https://github.com/quay/claircore/pull/879, also for public repositories being open without a token
  [/^quay\.io$/, (host) => bearer('https://quay.io/v2/auth', host)],
  // https://github.com/apple/container/issues/2274
  [/^[a-z0-9-]+-docker\.pkg\.dev$/, (host) => bearer(`https://${host}/v2/token`, host)],
  // https://azure.github.io/acr/Token-BasicAuth.html
  [/^[a-z0-9]+\.azurecr\.io$/, (host) => bearer(`https://${host}/oauth2/token`, host)],
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html#registry_auth_http
  [/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/, () => ({ kind: 'basic' })],
];

/** Undefined for all but a few; the name is compared whole, with its port. */
export function knownRegistry(registry: string): KnownRegistry | undefined {
  const host = canonicalRegistry(registry);
  return table.find(([pattern]) => pattern.test(host))?.[1](host);
}
