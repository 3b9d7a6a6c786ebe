import { expect, test } from 'vitest';
import { parseMountFrom } from './parse-mount-from.ts';

const image = { registry: 'ghcr.io', repository: 'acme/app' };

test('repositories are named with or without their registry, and each counts once', () => {
  const lines = ['acme/base', 'ghcr.io/acme/base', 'ghcr.io/acme/tools'];

  expect(parseMountFrom(lines, image)).toEqual(['acme/base', 'acme/tools']);
});

test.each(['quay.io/acme/base', 'localhost:5000/base', 'docker.io/library/alpine'])(
  '%s is in another registry, from which nothing can be mounted',
  (line) => {
    expect(() => parseMountFrom([line], image)).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('in mount-from is not in the registry ghcr.io'),
      }),
    );
  },
);

test.each(['Acme/Base', 'acme//base', '../base', 'acme/base:1.0'])(
  '%j is no repository',
  (line) => {
    expect(() => parseMountFrom([line], image)).toThrow();
  },
);
