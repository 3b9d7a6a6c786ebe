import { jsonOf, type Peer, type Run, textOf } from './peer.ts';

const plain = '--tls-verify=false';

export function skopeo(run: Run): Peer {
  const at = (reference: string): string => `docker://${reference}`;
  return {
    digest: async (reference) =>
      textOf(await run('inspect', plain, '--format', '{{.Digest}}', at(reference))),
    raw: (reference) => run('inspect', plain, '--raw', at(reference)),
    config: async (reference, platform) => {
      const [os = '', architecture = ''] = platform.split('/');
      const wanted = ['--override-os', os, '--override-arch', architecture];
      return jsonOf(await run(...wanted, 'inspect', plain, '--config', at(reference)));
    },
    copy: async (from, to) => {
      const ways = ['--all', '--src-tls-verify=false', '--dest-tls-verify=false'];
      await run('--insecure-policy', 'copy', ...ways, at(from), at(to));
    },
  };
}
