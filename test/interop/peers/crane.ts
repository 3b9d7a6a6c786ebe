import { jsonOf, type Peer, type Run, textOf } from './peer.ts';

export interface Crane extends Peer {
  /** Makes an index of images. */
  index(target: string, images: readonly string[]): Promise<void>;
  /** Makes an image of an archive, of no platform. */
  append(target: string, archive: string): Promise<void>;
  /** Pulls an index into a layout, and pushes that. */
  throughLayout(from: string, layout: string, to: string): Promise<void>;
}

export function crane(run: Run): Crane {
  const done = async (...args: readonly string[]): Promise<void> => void (await run(...args));
  return {
    digest: async (reference) => textOf(await run('digest', reference)),
    raw: (reference) => run('manifest', reference),
    config: async (reference, platform) =>
      jsonOf(await run('config', '--platform', platform, reference)),
    copy: (from, to) => done('copy', from, to),
    index: (target, images) =>
      done('index', 'append', '-t', target, ...images.flatMap((image) => ['-m', image])),
    append: (target, archive) => done('append', '--oci-empty-base', '-f', archive, '-t', target),
    throughLayout: async (from, layout, to) => {
      await run('pull', '--format', 'oci', from, layout);
      await run('push', layout, to);
    },
  };
}
