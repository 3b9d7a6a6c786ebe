import { test } from 'vitest';
import { conformance } from './suite.ts';
import { type Claims, everything } from './target.ts';

// OCI_REGISTRY_URL: such as `http://127.0.0.1:5000`, or `https://user:password@registry.example` for a basic login.
// OCI_REGISTRY_NAMESPACE: what repositories are made in. OCI_REGISTRY_LACKS: claims that it does not make, and `sha512`.
const { OCI_REGISTRY_URL, OCI_REGISTRY_NAMESPACE, OCI_REGISTRY_LACKS = '' } = process.env;
const lacking = OCI_REGISTRY_LACKS.split(',').filter((name) => name !== '');

if (OCI_REGISTRY_URL === undefined) {
  test.skip('the registry at OCI_REGISTRY_URL: the variable is not set', () => undefined);
} else {
  const { origin, username, password } = new URL(OCI_REGISTRY_URL);
  const login = [username, password].map(decodeURIComponent).join(':');
  const basic = `Basic ${Buffer.from(login).toString('base64')}`;
  for (const algorithm of ['sha256', 'sha512'] as const) {
    if (lacking.includes(algorithm)) continue;
    conformance(`the registry at ${origin}`, {
      url: origin,
      algorithm,
      claims: claimsWithout(lacking),
      ...(OCI_REGISTRY_NAMESPACE === undefined ? {} : { namespace: OCI_REGISTRY_NAMESPACE }),
      ...(username === '' ? {} : { headers: { authorization: basic } }),
    });
  }
}

function claimsWithout(names: readonly string[]): Claims {
  const strange = names.filter((name) => name !== 'sha512' && !Object.hasOwn(everything, name));
  if (strange.length > 0) throw new TypeError(`no claims: ${strange.join(', ')}`);
  return { ...everything, ...Object.fromEntries(names.map((name) => [name, false])) };
}
