import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionResult, Registry } from '@oci-matrix/testing';
import { type ActOptions, act, checkout, type FileContents } from '../../actions/act.ts';
import { imageOf, linux, seed } from '../../actions/content.ts';
import { repository, update } from '../../actions/update.ts';
import { version } from '../../examples/garden-linux.ts';
import { type Baseline, entryFiles } from './baseline.ts';
import type { Target } from './target.ts';

export { repository };

const types = readFileSync(join(checkout, 'examples/garden-linux/media-types.txt'), 'utf8');

/** The files of a target, where its build leaves them. */
export const buildOf = ({ files }: Target): FileContents => ({
  'config.json': '{}',
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`build/${name}`, text])),
});

/** The inputs of push-manifest that give what gl-oci gives. */
export function inputsOf(target: Target): Record<string, string> {
  const { cname, architecture, features, commit } = target;
  return {
    files: 'build/*',
    'media-types': types,
    'layer-annotations': `io.gardenlinux.image.layer.architecture=${architecture}`,
    config: 'config.json:application/vnd.unknown.config.v1+json',
    'config-annotations': `cname=${cname}\narchitecture=${architecture}`,
    platform: `gardenlinux(${target.version})/${architecture}`,
    annotations: [
      `version=${target.version}`,
      `commit=${commit}`,
      `manifest,manifest-descriptor:cname=${cname}`,
      `manifest,manifest-descriptor:architecture=${architecture}`,
      `manifest,manifest-descriptor:feature_set=${features}`,
      `org.opencontainers.image.description=Image: ${cname} Flavor: ${target.flavor} Architecture: ${architecture} Features: ${features} Commit: ${commit}`,
    ].join('\n'),
    tags: `${target.version}-${cname}-${architecture}`,
    'descriptor-file': `manifests/oci_manifest_entry_${cname}.json`,
    record: 'none',
  };
}

/** Pushes a target with push-manifest. */
export const pushTarget = (
  registry: Registry,
  target: Target,
  { with: more, ...options }: ActOptions = {},
): Promise<ActionResult> =>
  act('push-manifest', {
    files: buildOf(target),
    ...options,
    with: { image: `${registry.host}/${repository}`, ...inputsOf(target), ...more },
  });

/** Puts entries that gl-oci left in files into the index under the version, with update-index. */
export const updateWith = (
  registry: Registry,
  baselines: readonly Baseline[],
  { with: more, files, ...options }: ActOptions = {},
): Promise<ActionResult> =>
  update(
    registry,
    {
      tags: version,
      'descriptor-files': 'manifests/*.json',
      expect: String(baselines.length),
      identity: 'platform\nannotations.feature_set',
      ...more,
    },
    { files: { ...entryFiles(baselines), ...files }, ...options },
  );

/** Puts two container images into that index, as a job of their own does, by files like those. */
export function updateImages(
  registry: Registry,
  more: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  const images = ['amd64', 'arm64'].map((architecture) => imageOf(linux(architecture)));
  for (const image of images) seed(registry, repository, image);
  const files = Object.fromEntries(
    images.map(({ descriptor }, at) => [`images/${at}.json`, JSON.stringify(descriptor)]),
  );
  const given = { tags: version, 'descriptor-files': 'images/*.json', expect: '2' };
  return update(registry, { ...given, ...more }, { files });
}
