import type { Auth } from '../authorization.ts';
import type { Capabilities } from '../capabilities.ts';

/**
 * How a real registry behaves, as far as it is known. Every line says where from: `owner/repository#number` is an issue,
 * "facts §" a section of the project's protocol facts (registry-protocol.md), "unverified" a guess to probe before relying on it.
 */
export interface Profile {
  readonly auth: Auth;
  readonly capabilities: Partial<Capabilities>;
}
