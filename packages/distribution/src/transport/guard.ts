import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { ProtocolError } from '../error/protocol-error.ts';
import { bareHost, type Reach, reachOf } from './address.ts';

/** Keeps a registry from pointing us at what only we can reach: https://cwe.mitre.org/data/definitions/918.html */
export interface Guard {
  /** Rejects if the URL names an address that the registry may not send us to. */
  check(url: URL): Promise<void>;
  /** Resolves names as `dns.lookup`, with the same refusal: a name can resolve to anything. */
  readonly lookup: LookupFunction;
}

/** The guard of what the registry on this host says about other hosts. */
export function createGuard(registryHost: string, lookup: LookupFunction = systemLookup): Guard {
  const host = bareHost(registryHost);
  let own: Promise<ReadonlySet<Reach>> | undefined;
  const ownReach = (): Promise<ReadonlySet<Reach>> => {
    own ??= resolveReach(host, lookup);
    return own;
  };
  const refuse = async (addresses: readonly string[], target: string): Promise<void> => {
    for (const address of addresses) {
      const reach = reachOf(address);
      if (reach !== 'public' && !mayReach(await ownReach(), reach)) {
        throw new ProtocolError(
          `registry ${host} refers to ${target}, which is the ${reach} address ${address}`,
        );
      }
    }
  };

  return {
    async check(url) {
      const target = bareHost(url.hostname);
      if (isIP(target) !== 0) await refuse([target], target);
    },
    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, found, family) => {
        if (error) return callback(error, '', 0);
        const list = typeof found === 'string' ? [{ address: found, family: family ?? 4 }] : found;
        refuse(
          list.map(({ address }) => address),
          hostname,
        ).then(
          () => {
            if (options.all === true) callback(null, list);
            else callback(null, list[0]?.address ?? '', list[0]?.family ?? 4);
          },
          (refusal: Error) => callback(refusal, '', 0),
        );
      });
    },
  };
}

// A registry in a private network has its token server and its storage there too.
const mayReach = (own: ReadonlySet<Reach>, target: Reach): boolean =>
  own.has(target) || (target === 'private' && own.has('loopback'));

async function resolveReach(host: string, lookup: LookupFunction): Promise<ReadonlySet<Reach>> {
  if (isIP(host) !== 0) return new Set([reachOf(host)]);
  return new Promise((resolve) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) return resolve(new Set());
      const list = typeof found === 'string' ? [{ address: found }] : found;
      resolve(new Set(list.map(({ address }) => reachOf(address))));
    });
  });
}
