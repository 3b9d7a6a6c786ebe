import { expect, test } from 'vitest';
import { parseOutputs } from './parse-outputs.ts';

test('lines are key=value', () => {
  expect(parseOutputs('a=1\n\n  b_c.d-e = x=y, z \r\n')).toEqual({ a: '1', 'b_c.d-e': ' x=y, z' });
  expect(parseOutputs('')).toEqual({});
});

test('a JSON object may have values of several lines, and of any kind', () => {
  expect(parseOutputs(' {"a":"1\\n2","b":{"y":1,"x":[true]},"c":null}')).toEqual({
    a: '1\n2',
    b: '{"x":[true],"y":1}',
    c: 'null',
  });
});

test.each(['a', '=1', '1a=x', 'a b=c', '{"a":', '{"a b":1}', '{"":1}'])(
  '%j cannot be outputs',
  (text) => {
    expect(() => parseOutputs(text)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringMatching(/^outputs cannot be read: /),
      }),
    );
  },
);
