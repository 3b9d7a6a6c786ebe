import { expect, test } from 'vitest';
import { descriptorOf } from './descriptor.ts';
import { emptyBytes, emptyDescriptor } from './empty.ts';

test('the empty descriptor describes the empty bytes, which are an empty JSON object', () => {
  expect(descriptorOf(emptyBytes, 'application/vnd.oci.empty.v1+json')).toEqual(emptyDescriptor);
  expect(new TextDecoder().decode(emptyBytes)).toBe('{}');
});
