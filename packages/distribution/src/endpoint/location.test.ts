import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { uploadLocation, withDigest } from './location.ts';

const url = new URL('https://r.example.com/v2/a/blobs/uploads/');
const digest = digestOf('x');
const encoded = digest.replace(':', '%3A');

test.each([
  ['/u/1', 'https://r.example.com/u/1'],
  ['1?a=b', 'https://r.example.com/v2/a/blobs/uploads/1?a=b'],
  ['https://cdn.example.com/u', 'https://cdn.example.com/u'],
  ['https://r.example.com:443/u', 'https://r.example.com/u'],
  ['/u#here', 'https://r.example.com/u'],
])('the location %s is %s', (location, absolute) => {
  expect(uploadLocation({ url, headers: { location } }).href).toBe(absolute);
});

test.each([
  [undefined, 'has no Location'],
  ['http://r.example.com/u', 'leaves https'],
  ['https://u:p@r.example.com/u', 'has credentials in it'],
  ['file:///etc/passwd', 'is not http'],
  ['https://[', 'is not a URL'],
])('the location %s is refused', (location, reason) => {
  expect(() => uploadLocation({ url, headers: { location } })).toThrow(reason);
});

test('the digest is added, and everything signed stays as it was', () => {
  const location = 'https://r/u?_state=a%2fb%2Bc+d%20e&x=%7E';

  expect(withDigest(new URL(location), digest).href).toBe(`${location}&digest=${encoded}`);
  expect(withDigest(new URL('https://r/u'), digest).href).toBe(`https://r/u?digest=${encoded}`);
});
