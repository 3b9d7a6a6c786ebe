/** The names of chunks that we put together ourselves: what we wrote, and what we use of others. */
export const ours = 'oci-matrix';
export const others = 'dependencies';

interface Chunk {
  readonly name: string;
  readonly moduleIds: readonly string[];
}

/** The name of a chunk: for one that the bundler found, the package of the module that runs last in it, since that one uses the rest. Never a hash, so that the name stays when the content changes. */
export function chunkName({ name, moduleIds }: Chunk): string {
  if (name === ours || name === others) return name;
  const last = (moduleIds.at(-1) ?? '').replaceAll('\\', '/');
  const [, dependency] = /^.*\/node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(last) ?? [];
  const [, own] = /\/(?:packages|actions)\/([^/]+)\/[^/]+/.exec(last) ?? [];
  return (dependency ?? own ?? 'runtime').replace(/^@/, '').replaceAll('/', '-');
}
