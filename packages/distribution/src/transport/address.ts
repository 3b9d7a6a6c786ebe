import { BlockList, isIP, isIPv4 } from 'node:net';

/** How far from the open network an address is. */
export type Reach = 'loopback' | 'link-local' | 'private' | 'public';

const subnets: Record<Exclude<Reach, 'public'>, readonly string[]> = {
  // 0.0.0.0 and :: connect to this very machine.
  loopback: ['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
  private: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
    'fc00::/7',
    'fec0::/10',
    'ff00::/8',
  ],
};

type Lists = readonly (readonly [reach: string, list: BlockList])[];

const makeLists = (): Lists =>
  Object.entries(subnets).map(([reach, cidrs]) => {
    const list = new BlockList();
    for (const cidr of cidrs) {
      const [network = '', bits] = cidr.split('/');
      list.addSubnet(network, Number(bits), familyOf(network));
    }
    return [reach, list] as const;
  });

// Made when the first address is asked about, which for most registries is never.
let lists: Lists | undefined;

/** Classes an IP address; an IPv4 address in IPv6 clothes is what it is underneath. */
export function reachOf(address: string): Reach {
  lists ??= makeLists();
  for (const [reach, list] of lists) {
    if (list.check(address, familyOf(address))) {
      return reach === 'loopback' || reach === 'link-local' ? reach : 'private';
    }
  }
  return 'public';
}

/** The host of a URL, without the brackets of IPv6. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** True of `localhost`, 127.0.0.0/8 and ::1; names that only resolve to those do not count. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bareHost(hostname);
  if (host === 'localhost' || (isIPv4(host) && host.startsWith('127.'))) return true;
  return isIP(host) !== 0 && reachOf(host) === 'loopback';
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
