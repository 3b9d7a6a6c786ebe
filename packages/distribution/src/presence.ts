import type { Digest } from '@oci-matrix/oci';
import { checkDigestHeader } from './check-digest.ts';
import type { RequestKind } from './event.ts';
import type { CallOptions, RepositoryContext } from './repository-context.ts';
import { readBody } from './transport/read-body.ts';
import { parseErrors } from './transport/refusal.ts';

/** What a 404 says when it comes with words: that this is absent, or that all of the repository is. */
export type Presence = 'present' | 'absent' | 'no-repository';

interface Question extends CallOptions {
  readonly kind: RequestKind;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
}

const maxErrorBody = 64 * 1024;

/** Asks by GET, since the answer to HEAD has no words: `NAME_UNKNOWN` is about the repository. */
export async function presenceOf(
  { registry, scopes }: RepositoryContext,
  digest: Digest,
  { kind, url, headers, signal }: Question,
): Promise<Presence> {
  return registry.retry(
    async () => {
      const request = { kind, method: 'GET', url, signal, scopes: scopes.pull } as const;
      const reply = await registry.once({ ...request, headers: headers ?? {}, expect: [200, 404] });
      if (reply.status === 200) {
        await reply.discard();
        checkDigestHeader(reply, digest);
        return 'present';
      }
      const errors = parseErrors(await readBody(reply, maxErrorBody));
      return errors.some(({ code }) => code === 'NAME_UNKNOWN') ? 'no-repository' : 'absent';
    },
    { signal },
  );
}
