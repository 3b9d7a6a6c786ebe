import {
  canonicalText,
  descriptorOf,
  digestOf,
  elementSources,
  mediaTypes,
  memberSources,
  parseManifest,
} from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withLayers } from './legacy-image.ts';
import type { LegacyImage } from './read-legacy.ts';

const layer = fc
  .record({
    text: fc.string(),
    annotations: fc.dictionary(fc.string(), fc.string()),
    more: fc.jsonValue(),
  })
  .map(({ text, annotations, more }) => ({
    ...{ mediaType: 'application/x', digest: digestOf(text), size: text.length, annotations },
    'x-more': more,
  }));

const spaced = (value: unknown): string => JSON.stringify(value, null, 1);

const image = fc
  .record({
    layers: fc.array(layer, { maxLength: 3 }),
    more: fc.jsonValue(),
    isEmpty: fc.boolean(),
  })
  .map(({ layers, more, isEmpty }): LegacyImage => {
    const mediaType = isEmpty ? mediaTypes.empty : mediaTypes.imageConfig;
    const config = { mediaType, digest: digestOf('{}'), size: 2 };
    const document = { schemaVersion: 2, 'x-more': more, layers, config };
    const bytes = Buffer.from(spaced(document));
    const manifest = parseManifest(bytes, mediaTypes.imageManifest);
    if (manifest.kind !== 'image') throw new Error('no image');
    const sources = elementSources(memberSources(bytes.toString()).get('layers') ?? '[]');
    const descriptor = descriptorOf(bytes, mediaTypes.imageManifest);
    return { descriptor, bytes, image: manifest.image, sources };
  });

test('whatever is at the tag, its layers stay first and byte for byte, and the rest of it too but for the config', () => {
  fc.assert(
    fc.property(
      fc.option(image, { nil: undefined }),
      fc.array(layer, { minLength: 1, maxLength: 3 }),
      (shown, layers) => {
        const added = layers.map((one) => canonicalText(one));

        const merged = withLayers(shown, added);

        const members = memberSources(Buffer.from(merged.bytes).toString());
        const before = memberSources(
          shown === undefined ? '{}' : Buffer.from(shown.bytes).toString(),
        );
        expect(elementSources(members.get('layers') ?? '')).toEqual([
          ...(shown?.sources ?? []),
          ...added,
        ]);
        expect(members.get('x-more')).toBe(before.get('x-more'));
        expect(parseManifest(merged.bytes, merged.descriptor.mediaType).kind).toBe('image');
        expect(merged.descriptor).toEqual(descriptorOf(merged.bytes, mediaTypes.imageManifest));
        const isKept = shown?.image.config.mediaType === mediaTypes.empty;
        expect(merged.config === undefined).toBe(isKept);
        if (isKept) expect(members.get('config')).toBe(before.get('config'));
      },
    ),
    { numRuns: 50 },
  );
});
