import { expect, test } from 'vitest';
import { otherImages, parseImage, parseImages, parseTags } from './parse-image.ts';

const image = parseImage('ghcr.io/Acme/App');

test('upper case letters of an account become lower case', () => {
  expect(image).toEqual({ registry: 'ghcr.io', repository: 'acme/app' });
});

test('tags may be given alone, or with their image as docker/metadata-action prints them', () => {
  const lines = ['1.0', 'ghcr.io/acme/app:1.0', 'ghcr.io/acme/app:latest', 'Main'];

  expect(parseTags(lines, image)).toEqual(['1.0', 'latest', 'Main']);
});

test('a registry with a port, and Docker Hub by its short names, are understood', () => {
  const local = { registry: 'localhost:5000', repository: 'app' };
  const hub = parseImage('acme/app');

  expect(parseTags(['localhost:5000/app:1'], local)).toEqual(['1']);
  expect(parseTags(['acme/app:1', 'docker.io/acme/app:2'], hub)).toEqual(['1', '2']);
});

test.each(['ghcr.io/acme/other:1.0', 'docker.io/acme/app:1.0', 'app:1.0'])(
  'the tag of another image is refused: %s',
  (line) => {
    expect(() => parseTags([line], image)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: `${line} in tags is not of the image ghcr.io/acme/app`,
      }),
    );
  },
);

test.each(['ghcr.io/acme/app', `ghcr.io/acme/app@sha256:${'0'.repeat(64)}`])(
  'a reference without a tag is refused: %s',
  (line) => {
    expect(() => parseTags([line], image)).toThrow(
      expect.objectContaining({ message: `${JSON.stringify(line)} in tags names no tag` }),
    );
  },
);

test.each(['-x', 'a b', 'ghcr.io/acme/app:'])('%j is no tag', (line) => {
  expect(() => parseTags([line], image)).toThrow(
    expect.objectContaining({ code: 'INVALID_REFERENCE' }),
  );
});

test('images are named one a line, and may be optional', () => {
  expect(parseImages(['Quay.io/Acme/App', 'docker.io/acme/app  optional'])).toEqual([
    { image: { registry: 'quay.io', repository: 'acme/app' }, optional: false },
    { image: parseImage('docker.io/acme/app'), optional: true },
  ]);
});

test.each(['app', 'quay.io/acme/app maybe', 'quay.io/acme/app optional now'])(
  '%j is no line of images',
  (line) => {
    expect(() => parseImages([line])).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  },
);

test('the image where the index is made may be named again, and is no copy of itself', () => {
  const [, hub] = parseImages(['ghcr.io/acme/app', 'docker.io/acme/app']);

  expect(otherImages(parseImages(['ghcr.io/acme/app', 'docker.io/acme/app']), image)).toEqual([
    hub,
  ]);
  expect(() => otherImages(parseImages(['ghcr.io/acme/app optional']), image)).toThrow(
    'cannot be optional',
  );
});

test('of several images each gets the tags that are alone, and those with its own name', () => {
  const hub = parseImage('docker.io/acme/app');
  const lines = ['1.0', 'ghcr.io/acme/app:edge', 'acme/app:v1'];

  expect(parseTags(lines, image, [hub])).toEqual(['1.0', 'edge']);
  expect(parseTags(lines, hub, [image])).toEqual(['1.0', 'v1']);
  expect(() => parseTags(['acme/app:v1'], image, [hub])).toThrow(
    'no line of tags is for the image ghcr.io/acme/app',
  );
});
