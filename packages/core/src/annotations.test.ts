import { parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import {
  annotationsAt,
  entryAnnotations,
  layerAnnotationsOf,
  parseAnnotationLines,
  parseLayerAnnotationLines,
} from './annotations.ts';

const arm64 = parsePlatform('linux/arm64');

test.each([
  ['a.b=c', [{ key: 'a.b', value: 'c' }]],
  ['index:k=v', [{ level: 'index', key: 'k', value: 'v' }]],
  [
    'manifest,index:k=v',
    [
      { level: 'manifest', key: 'k', value: 'v' },
      { level: 'index', key: 'k', value: 'v' },
    ],
  ],
  [
    'manifest-descriptor[linux/arm64/v8]:k=v',
    [{ level: 'manifest-descriptor', platform: arm64, key: 'k', value: 'v' }],
  ],
  [
    'index,manifest-descriptor[linux/arm64]:k=v',
    [
      { level: 'index', key: 'k', value: 'v' },
      { level: 'manifest-descriptor', platform: arm64, key: 'k', value: 'v' },
    ],
  ],
  ['index:k=a=b, c: d ', [{ level: 'index', key: 'k', value: 'a=b, c: d ' }]],
  ['k=index:x=y', [{ key: 'k', value: 'index:x=y' }]],
  ['index:k=', [{ level: 'index', key: 'k', value: '' }]],
  ['k=[linux/arm64]:', [{ key: 'k', value: '[linux/arm64]:' }]],
])('%s is read', (line, expected) => {
  expect(parseAnnotationLines([line])).toEqual(expected);
});

test.each([
  ['index-descriptor:k=v', 'an index that a tag names has no index-descriptor'],
  ['index,index-descriptor:k=v', 'an index that a tag names has no index-descriptor'],
  ['manifest[linux/arm64]:k=v', 'manifest cannot be for one platform'],
  ['index[linux/arm64]:k=v', 'index cannot be for one platform'],
  ['novalue', 'is not key=value'],
  ['=v', 'is not key=value'],
  ['index:=v', 'is not key=value'],
  ['two words=v', 'is not key=value'],
])('%s is refused', (line, reason) => {
  expect(() => parseAnnotationLines([line])).toThrow(
    expect.objectContaining({
      code: 'ANNOTATION_INVALID',
      message: expect.stringMatching(
        new RegExp(`^annotation "${line.replace(/[[\]]/g, '\\$&')}".*${reason}$`),
      ),
    }),
  );
});

test('an unknown platform is refused', () => {
  expect(() => parseAnnotationLines(['manifest-descriptor[arm64]:k=v'])).toThrow(
    expect.objectContaining({ code: 'INVALID_PLATFORM' }),
  );
});

test('of two lines with one key the later wins, and of two levels the later named', () => {
  const lines = parseAnnotationLines(['index:k=1', 'manifest:k=2', 'index:k=3', 'other=4']);

  expect(annotationsAt(lines, 'manifest', undefined, 'index')).toEqual({ k: '3', other: '4' });
  expect(annotationsAt(lines, 'index', 'manifest')).toEqual({ k: '2' });
});

test('an entry has what is for all entries, and what is for its platform', () => {
  const lines = parseAnnotationLines([
    'manifest-descriptor:all=1',
    'manifest-descriptor[linux/arm64]:own=2',
    'manifest-descriptor[linux/amd64]:other=3',
    'index:not=4',
  ]);

  expect(entryAnnotations(lines, arm64)).toEqual({ all: '1', own: '2' });
  expect(entryAnnotations(lines, undefined)).toEqual({ all: '1' });
});

test.each([
  ['layer[app.tgz]:k=v', { title: 'app.tgz', key: 'k', value: 'v' }],
  ['layer[deep/a b.tar]:k=v', { title: 'deep/a b.tar', key: 'k', value: 'v' }],
  ['layer[e[1].bin]:k=', { title: 'e[1].bin', key: 'k', value: '' }],
  ['layer[c:d]:a:b=c=d', { title: 'c:d', key: 'a:b', value: 'c=d' }],
  ['layer[a]:k=x]:y=z', { title: 'a', key: 'k', value: 'x]:y=z' }],
])('%s is for one layer', (line, expected) => {
  expect(parseLayerAnnotationLines([line, 'k=v'])).toEqual([
    { level: 'layer', ...expected },
    { key: 'k', value: 'v' },
  ]);
});

test.each(['layer:k=v', 'layer[]:k=v', 'layer[a]:k', 'layer[a]=v', 'layer[a]:=v', 'layer[a:k=v'])(
  '%s is for no layer that could be found, and refused',
  (line) => {
    expect(() => parseLayerAnnotationLines([line])).toThrow(
      `annotation ${JSON.stringify(line)} is not layer[TITLE]:key=value`,
    );
  },
);

test('an index has no layers to annotate, and a key may begin like one', () => {
  expect(() => parseAnnotationLines(['k=v', 'layer[a]:k=v'])).toThrow(/an index has no layers$/);
  expect(parseAnnotationLines(['layers=3'])).toEqual([{ key: 'layers', value: '3' }]);
});

test('the annotations of layers are those of one title together, and nobody else has them', () => {
  const lines = ['layer[a]:k=1', 'layer[b]:k=2', 'layer[a]:l=3', 'layer[a]:k=4', 'm=5'];

  const annotations = parseLayerAnnotationLines(lines);

  expect([...layerAnnotationsOf(annotations)]).toEqual([
    ['a', { k: '4', l: '3' }],
    ['b', { k: '2' }],
  ]);
  expect(annotationsAt(annotations, undefined, 'manifest', 'index')).toEqual({ m: '5' });
  expect(entryAnnotations(annotations, arm64)).toEqual({});
});
