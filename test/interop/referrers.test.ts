import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalBytes, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { blobOf } from './images.ts';
import { openPeers } from './peers/open-peers.ts';
import { publish } from './publish.ts';
import { serverNames } from './servers/start-server.ts';
import { openStage, type Stage } from './stage.ts';
import { testWith } from './test-with.ts';
import { amd64 } from './theirs.ts';

const [scan, sbom] = ['application/vnd.acme.scan', 'application/vnd.acme.sbom'];

for (const server of serverNames) {
  testWith([server, 'oras', 'regctl'], 'referrers of both sides are listed by both', async () => {
    await using stage = await openStage(server);
    await using peers = await openPeers(stage.host);
    const { image, repository } = stage.app;
    const { descriptor } = await publish(stage.app, [amd64]);
    const subject = `${image}@${descriptor.digest}`;
    await writeFile(join(peers.folder, 'bill.json'), '{}');

    await peers.oras.attach(subject, sbom, ['bill.json:application/json']);
    const own = await attach(stage, descriptor, scan);

    const listed = await repository.referrers.list(descriptor.digest);
    const byOras = await peers.oras.referrers(subject);
    const byRegctl = await peers.regctl.referrers(subject);
    const types = listed.map(({ artifactType }) => artifactType);
    expect(types.sort()).toEqual([sbom, scan]);
    expect(listed).toContainEqual(expect.objectContaining({ digest: own, annotations: noted }));
    for (const document of [byOras, byRegctl]) {
      const text = JSON.stringify(document);
      for (const { digest } of listed) expect(text).toContain(digest);
    }
  });
}

const noted = { 'com.acme.found': 'nothing' };

/** Pushes an artifact of no content that refers to a manifest, and gives its digest. */
async function attach(
  { app: { repository } }: Stage,
  subject: object,
  artifactType: string,
): Promise<string> {
  const empty = blobOf(Buffer.from('{}'), mediaTypes.empty);
  await repository.blobs.push(empty.descriptor, empty.source);
  const bytes = canonicalBytes({
    ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest, artifactType },
    ...{ config: emptyDescriptor, layers: [emptyDescriptor], subject, annotations: noted },
  });
  const { digest } = await repository.manifests.push(bytes, mediaTypes.imageManifest);
  return digest;
}
