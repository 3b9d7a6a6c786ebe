import { MatrixError } from '../error.ts';
import { architectureName } from '../layers-meta/architecture-name.ts';
import type { LayersMeta, PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { withPlainNames } from '../layers-meta/plain-names.ts';
import type { MeasuredPlatform } from './measure-image.ts';

/** What was measured of an image, as one document: of one platform as it is, of several by their architecture. */
export function measuredDocument(platforms: readonly MeasuredPlatform[]): LayersMeta {
  const [only, ...others] = platforms;
  if (only !== undefined && others.length === 0) return only.document;
  const byName = new Map<string, PlatformLayersMeta>();
  for (const { platform, document } of platforms) {
    const name = architectureName(platform);
    if (byName.has(name)) throw twice(name);
    byName.set(name, document);
  }
  return withPlainNames(Object.fromEntries(byName));
}

const twice = (name: string): MatrixError =>
  new MatrixError('SOURCE_INVALID', `the image has two images for ${name}`, {
    hint: 'Measure them one by one: a document has one place for each architecture.',
  });
