import { jsonOf, type Peer, type Run, textOf } from './peer.ts';

export interface Regctl extends Peer {
  /** Makes an index of images. */
  index(target: string, images: readonly string[]): Promise<void>;
  /** What refers to a manifest, in a document of its own making. */
  referrers(subject: string): Promise<unknown>;
}

export function regctl(run: Run): Regctl {
  const done = async (...args: readonly string[]): Promise<void> => void (await run(...args));
  return {
    digest: async (reference) => textOf(await run('manifest', 'head', reference)),
    raw: (reference) => run('manifest', 'get', '--format', 'raw-body', reference),
    config: async (reference, platform) =>
      jsonOf(await run('image', 'inspect', '--platform', platform, reference)),
    copy: (from, to) => done('image', 'copy', from, to),
    index: (target, images) =>
      done('index', 'create', target, ...images.flatMap((image) => ['--ref', image])),
    referrers: async (subject) =>
      jsonOf(await run('artifact', 'list', '--format', '{{json .}}', subject)),
  };
}
