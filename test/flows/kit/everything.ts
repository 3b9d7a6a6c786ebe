import { inflateRawSync } from 'node:zlib';
import type { Registry, Run } from '@oci-matrix/testing';

/** All that a run left where somebody may read it: logs, outputs, summaries, annotations, records, and what the registry keeps. */
export async function everythingOf(run: Run, registry: Registry): Promise<string> {
  const records = await Promise.all(run.artifacts().map(({ id }) => run.service.read(id)));
  const stored = registry
    .repositories()
    .flatMap((repository) => [
      ...registry
        .manifests(repository)
        .map((digest) => registry.manifest(repository, digest)?.bytes),
      ...registry.blobs(repository).map((digest) => registry.blob(repository, digest)),
    ]);
  return [
    JSON.stringify(run.jobs),
    JSON.stringify(run.artifacts()),
    ...records.map(contentOf),
    ...stored.map((bytes) => new TextDecoder().decode(bytes)),
    ...registry.requests().map(({ path }) => path),
  ].join('\n');
}

/** The first file of a zip archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7. */
function contentOf(archive: Buffer): string {
  const start = 30 + archive.readUInt16LE(26) + archive.readUInt16LE(28);
  const isStored = archive.readUInt16LE(8) === 0;
  const content = archive.subarray(start);
  return (isStored ? content : inflateRawSync(content)).toString();
}
