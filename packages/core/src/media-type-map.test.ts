import { expect, test } from 'vitest';
import { mediaTypeOf, parseMediaTypes } from './media-type-map.ts';

const map = parseMediaTypes([
  'gz=application/gzip',
  'tar.gz = application/vnd.archive',
  '.raw=application/vnd.raw',
  'log=text/plain',
  'vmlinuz=application/vnd.kernel',
]);

test.each([
  ['a.gz', 'application/gzip'],
  ['a.tar.gz', 'application/vnd.archive'],
  ['tar.gz', 'application/vnd.archive'],
  ['x.raw.log', 'text/plain'],
  ['x.raw', 'application/vnd.raw'],
  ['vmlinuz', 'application/vnd.kernel'],
  ['boot/vmlinuz', 'application/vnd.kernel'],
  ['a-vmlinuz', undefined],
  ['raw', 'application/vnd.raw'],
  ['a.logs', undefined],
  ['log/file', undefined],
  ['a.LOG', undefined],
])('%s is of type %s', (name, type) => {
  expect(mediaTypeOf(name, map)).toBe(type);
});

test.each(['gz', '=text/plain', 'gz=', 'gz=text', 'gz=text/plain; charset=utf-8'])(
  'media-types cannot have %j',
  (line) => {
    expect(() => parseMediaTypes([line])).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: `media-types cannot have ${JSON.stringify(line)}`,
      }),
    );
  },
);
