import { MatrixError } from './error.ts';
import { type Layout, openLayoutArchive, openLayoutDirectory } from './layout.ts';

/** Opens `oci:DIRECTORY` or `oci-archive:FILE`. */
export function openLayout(source: string): Promise<Layout> {
  const [, transport, path = ''] = /^(?<transport>[a-z-]+):(?<path>.+)$/.exec(source) ?? [];
  if (transport === 'oci') return openLayoutDirectory(path);
  if (transport === 'oci-archive') return openLayoutArchive(path);
  throw new MatrixError('INPUT_INVALID', `source ${JSON.stringify(source)} is of no kind we know`, {
    hint: 'Write oci:DIRECTORY for an image layout, or oci-archive:FILE for a tar archive of one.',
  });
}
