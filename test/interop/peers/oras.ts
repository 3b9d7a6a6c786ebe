import { jsonOf, type Peer, type Run, textOf } from './peer.ts';

const plain = '--plain-http';

export interface Oras extends Peer {
  /** Makes an index of manifests of its repository, by tag or digest. */
  index(target: string, manifests: readonly string[]): Promise<void>;
  /** Pulls the files of an artifact into a folder. */
  pull(reference: string, folder: string): Promise<void>;
  /** Pushes files, `PATH:TYPE`, from a folder. */
  push(reference: string, artifactType: string, files: readonly string[]): Promise<void>;
  /** Pushes files as a referrer. */
  attach(subject: string, artifactType: string, files: readonly string[]): Promise<void>;
  /** What refers to a manifest, in a document of its own making. */
  referrers(subject: string): Promise<unknown>;
}

export function oras(run: Run): Oras {
  const done = async (...args: readonly string[]): Promise<void> => void (await run(...args));
  return {
    digest: async (reference) => textOf(await run('resolve', plain, reference)),
    raw: (reference) => run('manifest', 'fetch', plain, reference),
    config: async (reference, platform) =>
      jsonOf(await run('manifest', 'fetch-config', plain, '--platform', platform, reference)),
    copy: (from, to) => done('copy', '--from-plain-http', '--to-plain-http', from, to),
    index: (target, manifests) => done('manifest', 'index', 'create', plain, target, ...manifests),
    pull: (reference, folder) => done('pull', plain, '-o', folder, reference),
    push: (reference, artifactType, files) =>
      done('push', plain, '--artifact-type', artifactType, reference, ...files),
    attach: (subject, artifactType, files) =>
      done('attach', plain, '--artifact-type', artifactType, subject, ...files),
    referrers: async (subject) =>
      jsonOf(await run('discover', plain, '--format', 'json', '--depth', '1', subject)),
  };
}
