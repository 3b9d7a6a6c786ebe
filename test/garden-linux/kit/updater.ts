import { constants, type KeyObject, verify } from 'node:crypto';
import { type Descriptor, encodedOf, type ImageManifest } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';
import { repository } from './publish.ts';

const manifestTypes =
  'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';

/**
 * Finds the kernel image of a release as devices do that update themselves: the first entry of a flavor in the index, whose
 * first legacy signature must be of the key, RSA with PKCS#1 v1.5 and SHA-256, and name it. Throws where it does not.
 */
export async function findUpdate(
  registry: Registry,
  { version, flavor, publicKey }: { version: string; flavor: string; publicKey: KeyObject },
): Promise<Descriptor> {
  const at = `${registry.url}/v2/${repository}`;
  const read = async (path: string): Promise<Buffer> => {
    const answer = await fetch(`${at}/${path}`, { headers: { accept: manifestTypes } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const manifest = async <T>(reference: string): Promise<T> =>
    JSON.parse((await read(`manifests/${reference}`)).toString());

  const { manifests } = await manifest<{ manifests: Descriptor[] }>(version);
  const entry = manifests.find(
    ({ annotations, platform }) =>
      annotations?.cname?.startsWith(flavor) && platform?.['os.version'],
  );
  if (entry === undefined) throw new Error(`no ${flavor}`);

  const tag = `sha256-${encodedOf(entry.digest)}.sig`;
  const [layer] = (await manifest<ImageManifest>(tag)).layers;
  const payload = await read(`blobs/${layer?.digest}`);
  const signature = layer?.annotations?.['dev.cosignproject.cosign/signature'] ?? '';
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING };
  if (!verify('sha256', payload, key, Buffer.from(signature, 'base64'))) {
    throw new Error('the signature does not hold');
  }
  const { critical } = JSON.parse(payload.toString());
  if (critical.image['docker-manifest-digest'] !== entry.digest) throw new Error('of another');

  const { layers } = await manifest<ImageManifest>(entry.digest);
  const uki = layers.find(({ mediaType }) => mediaType === 'application/io.gardenlinux.uki');
  if (uki === undefined) throw new Error('no kernel image');
  return uki;
}
