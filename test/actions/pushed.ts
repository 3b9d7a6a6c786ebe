import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Descriptor, type ImageManifest, parseManifest } from '@oci-matrix/oci';
import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect } from 'vitest';
import { schemaFaults } from '../schema-faults.ts';
import { type ActOptions, act, checkout } from './act.ts';

export interface Pushed extends AsyncDisposable {
  readonly registry: Registry;
  readonly result: ActionResult;
  readonly image: ImageManifest;
  /** Media types of the layers by their titles. */
  readonly types: Readonly<Record<string, string>>;
}

/** Pushes to a registry of its own, or to one that is there, and reads back what it has then. */
export async function push(options: ActOptions, registry?: Registry): Promise<Pushed> {
  const target = registry ?? (await startRegistry());
  const inputs = { image: `${target.host}/acme/app`, ...options.with };
  const result = await act('push-manifest', { ...options, with: inputs });
  expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  const image = imageAt(target, result.outputs.digest ?? '');
  return {
    registry: target,
    result,
    image,
    types: Object.fromEntries(image.layers.map((layer) => [titleOf(layer), layer.mediaType])),
    [Symbol.asyncDispose]: () => (registry === undefined ? target.close() : Promise.resolve()),
  };
}

export function imageAt(registry: Registry, reference: string): ImageManifest {
  const found = registry.manifest('acme/app', reference);
  const manifest = found && parseManifest(found.bytes, found.mediaType);
  if (manifest?.kind !== 'image') throw new Error(`${reference} is no image manifest`);
  return manifest.image;
}

export const titleOf = ({ annotations }: Descriptor): string =>
  annotations?.['org.opencontainers.image.title'] ?? '';

/** What a document breaks of a published schema. */
export const faultsBy = (schema: string, text: string | undefined): string[] =>
  schemaFaults(
    JSON.parse(readFileSync(join(checkout, 'schemas', schema), 'utf8')),
    JSON.parse(text ?? 'null'),
  );
