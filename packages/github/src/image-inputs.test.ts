import { expect, test } from 'vitest';
import {
  fileInputs,
  imageInput,
  mediaTypeInput,
  recordInput,
  subjectInput,
  tagsInput,
} from './image-inputs.ts';
import type { Input } from './input.ts';
import { InputError } from './input-error.ts';

const digest = `sha256:${'0'.repeat(64)}`;

/** What an input says about a text that it does not take. */
function offenceOf(input: Input<unknown>, text: string): unknown {
  try {
    return { taken: input.read(text, 'it') };
  } catch (error) {
    return error instanceof InputError ? error.offences : error;
  }
}

test('an image is what its parser makes of it', () => {
  const input = imageInput((text) => ({ registry: 'r', repository: text }));

  expect(input.read(' ghcr.io/acme/app ', 'image')).toEqual({
    registry: 'r',
    repository: 'ghcr.io/acme/app',
  });
  expect(offenceOf(input, '')).toEqual([expect.objectContaining({ input: 'it' })]);
});

test('a registry without a repository is no image, whatever its parser thinks', () => {
  const input = imageInput((text) => ({ registry: 'docker.io', repository: `library/${text}` }));

  expect(offenceOf(input, 'ghcr.io')).toEqual([
    {
      input: 'it',
      reason: '"ghcr.io" does not have both a registry and a repository',
      hint: expect.stringContaining('ghcr.io/acme/app'),
    },
  ]);
});

test.each(['disk', 'application/', 'a/b; charset=utf-8', 'a/b c'])(
  'the media type %j is refused with an example',
  (text) => {
    expect(offenceOf(mediaTypeInput('Type.'), text)).toEqual([
      {
        input: 'it',
        reason: `${JSON.stringify(text)} is not a media type`,
        hint: 'Write type/subtype, e.g. application/vnd.acme.disk.',
      },
    ]);
  },
);

test('a media type may be left out', () => {
  expect(mediaTypeInput('Type.').read('', 'it')).toBeUndefined();
  expect(mediaTypeInput('Type.').read('application/vnd.acme', 'it')).toBe('application/vnd.acme');
});

test.each(['', digest, 'v1.0', 'latest'])('the subject %j is fine', (text) => {
  expect(subjectInput('Subject.').read(text, 'it')).toBe(text || undefined);
});

test.each(['sha256:12', 'a tag', 'ghcr.io/acme/app:1', '-x'])(
  'the subject %j is neither a digest nor a tag',
  (text) => {
    expect(offenceOf(subjectInput('Subject.'), text)).toMatchObject([
      { input: 'it', reason: `${JSON.stringify(text)} is neither a digest nor a tag` },
    ]);
  },
);

test('tags are lines, alone or in whole references', () => {
  const lines = '1.0\n ghcr.io/acme/app:latest \n\n127.0.0.1:5000/app:1';

  expect(tagsInput({ description: 'Tags.' }).read(lines, 'tags')).toEqual([
    '1.0',
    'ghcr.io/acme/app:latest',
    '127.0.0.1:5000/app:1',
  ]);
});

test.each(['-1', '.x', 'a b', '1,2', 'x'.repeat(129)])('the line %j is no tag', (text) => {
  expect(offenceOf(tagsInput({ description: 'Tags.' }), `1.0\n${text}`)).toMatchObject([
    { input: 'tags', reason: `${JSON.stringify(text)} is not a tag` },
  ]);
});

test('a reference that is none is what the reader of references says', () => {
  expect(offenceOf(tagsInput({ description: 'Tags.' }), 'ghcr.io/Acme/app:1')).toMatchObject({
    code: 'INVALID_REFERENCE',
  });
});

test('files have their types from lines, and from a default that is a media type', () => {
  const inputs = fileInputs((lines) => lines.length);

  expect(inputs['media-types'].read('a=b/c\nd=e/f', 'media-types')).toBe(2);
  expect(inputs['media-types'].read('', 'media-types')).toBe(0);
  expect(inputs['default-media-type'].read('', 'default-media-type')).toBeUndefined();
});

test('a record travels both ways unless somebody says otherwise', () => {
  expect(recordInput.read('', 'record')).toBe('both');
  expect(recordInput.choices).toEqual(['artifact', 'output', 'both', 'none']);
});

test.each(['1.0-', '1.0.', 'v_', 'ghcr.io/acme/app:1.0-'])(
  'F12: the tag %s ends as where an expression was empty, and is refused',
  (line) => {
    expect(() => tagsInput({ description: 'Tags.' }).read(line, 'tags')).toThrow(
      'ends as if something were missing behind it',
    );
  },
);
