/** The names of chunks that we put together ourselves: what we wrote, and what we use of others. */
export const ours = 'oci-matrix';
export const others = 'dependencies';
export const layers = 'oci-matrix-layers';

const together = new Set([ours, others, layers]);

interface Chunk {
  readonly name: string;
  readonly moduleIds: readonly string[];
  /** The module that is asked for with import(), if there is one. */
  readonly facadeModuleId?: string | null;
}

/**
 * The name of a chunk. For one that the bundler found: of what an import() of ours asks for, the package and the file; else the package of the
 * module that runs last in it, since that one uses the rest. Never a hash, so that the name stays when the content changes.
 */
export function chunkName({ name, moduleIds, facadeModuleId }: Chunk): string {
  if (together.has(name)) return name;
  const asked = (facadeModuleId ?? '').replaceAll('\\', '/');
  const [, of, file] = /\/packages\/([^/]+)\/.*?([^/]+)\.ts$/.exec(asked) ?? [];
  if (of !== undefined) return `${of}-${file}`;
  const last = (moduleIds.at(-1) ?? '').replaceAll('\\', '/');
  const [, dependency] = /^.*\/node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(last) ?? [];
  const [, own] = /\/(?:packages|actions)\/([^/]+)\/[^/]+/.exec(last) ?? [];
  return (dependency ?? own ?? 'runtime').replace(/^@/, '').replaceAll('/', '-');
}
