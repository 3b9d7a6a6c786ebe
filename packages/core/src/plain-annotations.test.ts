import { expect, test } from 'vitest';
import { parsePlainAnnotations } from './plain-annotations.ts';

test('lines are keys and values, and of two with one key the later wins', () => {
  expect(parsePlainAnnotations(['a.b=1', 'c=x=y', 'a.b=2'])).toEqual({ 'a.b': '2', c: 'x=y' });
  expect(parsePlainAnnotations([])).toEqual({});
});

test('a line for another level is refused, since it would end up here', () => {
  expect(() => parsePlainAnnotations(['index:a=1'])).toThrow(
    expect.objectContaining({
      code: 'ANNOTATION_INVALID',
      message: expect.stringContaining('is for the level index'),
    }),
  );
});
