import type { Digest } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';
import type { ActOptions } from './act.ts';
import { type Content, indexOf, seed } from './content.ts';
import { type Layer, layeredImage, layerWith } from './layered.ts';

const named = (name: string): Layer => layerWith({ [`${name}.txt`]: `of ${name}` });

/** Layers that the images of an App have, and one that none has. */
export const layers = {
  base: named('base'),
  web: named('web'),
  webArm: named('web for arm'),
  db: named('db'),
  other: named('other'),
};

/** The images of an App: two, of which one is there for arm as well. */
export const web = indexOf([
  layeredImage('linux/amd64', layers.base, layers.web),
  layeredImage('linux/arm/v7', layers.base, layers.webArm),
]);
export const db = indexOf([
  layeredImage('linux/amd64', layers.base, layers.db),
  layeredImage('linux/arm/v7', layers.base, layers.db),
  layeredImage('linux/s390x', layers.other),
]);

export const digestOf = ({ descriptor }: Content): Digest => descriptor.digest;

/** What was measured of layers, at one number each. */
export const measuredAs = (usage: number, ...all: readonly Content[]) => ({
  fs_block_size: 4096,
  layers: Object.fromEntries(
    all.map(({ descriptor }) => [
      descriptor.digest,
      { size: 1, usage, archive_size: descriptor.size },
    ]),
  ),
});

const { base, web: webLayer, webArm, db: dbLayer, other } = layers;
const arm = measuredAs(20_000, base, webArm, dbLayer, other);

/** The metadata of everything that was built, of which an App has a part. */
export const everything: Readonly<Record<string, unknown>> = {
  amd64: measuredAs(10_000, base, webLayer, dbLayer, other),
  arm,
  'arm/v7': arm,
};

/** Puts the images of the App into a registry, and says how to push it there. */
export function seedApp(
  registry: Registry,
  given: Readonly<Record<string, string>> = {},
  meta: unknown = everything,
): ActOptions {
  seed(registry, 'acme/web', web, '1');
  seed(registry, 'acme/db', db, '1');
  return {
    files: { 'out/app.tgz': 'the App', 'out/layers_meta.json': JSON.stringify(meta) },
    with: {
      image: `${registry.host}/acme/app`,
      files: 'out/*:application/octet-stream',
      'artifact-type': 'application/vnd.fio+compose-app',
      annotations: 'compose-app=v1\nlayer[layers_meta.json]:layers-meta=v1',
      'only-layers-of': `${registry.host}/acme/web:1\n${registry.host}/acme/db:1`,
      tags: 'app-1',
      ...given,
    },
  };
}
