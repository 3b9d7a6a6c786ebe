import { expect, test } from 'vitest';
import { parseAllowedImages, refuseForeignImages } from './allowed-images.ts';
import { recordOf } from './test-kit/records.ts';

const allowed = parseAllowedImages(['ghcr.io/acme/app', 'docker.io/library/busybox']);

test.each([
  ['an image of the list', { image: 'ghcr.io/acme/app' }],
  ['an image of the list in another way of writing it', { image: 'ghcr.io/Acme/App' }],
  ['no image', {}],
])('a record that names %s goes', (_, changes) => {
  expect(() => refuseForeignImages([recordOf(changes)], allowed)).not.toThrow();
});

test.each([
  'ghcr.io/acme/app-evil',
  'ghcr.io/acme',
  'evil.example/ghcr.io/acme/app',
  'ghcr.io/acme/app:latest',
  ' not an image ',
])('a record that names %j is refused, by the name of its leg', (image) => {
  expect(() =>
    refuseForeignImages([recordOf(), recordOf({ leg: 'forged', image })], allowed),
  ).toThrow(
    expect.objectContaining({
      code: 'IMAGE_NOT_ALLOWED',
      message: expect.stringMatching(
        /^the record of leg forged \(job push, attempt 1 of run 7\) names the image .*, and only ghcr\.io\/acme\/app, .*busybox may be named$/,
      ),
    }),
  );
});
