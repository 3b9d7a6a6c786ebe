import { completeCapabilities } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { helpText, parseOptions } from './options.ts';
import { profiles } from './profiles.ts';

test('no options serve an open registry that does all that the specification has', () => {
  expect(parseOptions([])).toEqual({ capabilities: { anonymousMount: true } });
  expect(parseOptions(['--no-anonymous-mount'])?.capabilities).toEqual({ anonymousMount: false });
});

test('options say where and for whom', () => {
  const words = ['--port', '5000', '--storage=x', '--basic', 'ada:pass:word', '--anonymous-pull'];

  expect(parseOptions(words)).toMatchObject({
    port: 5000,
    storage: 'x',
    auth: { kind: 'basic', username: 'ada', password: 'pass:word', pull: 'anonymous' },
  });
  expect(parseOptions(['--bearer', 'ada:x'])?.auth).toEqual({
    kind: 'bearer',
    username: 'ada',
    password: 'x',
  });
});

test('capabilities are switched on and off by their names', () => {
  const words = ['--no-referrers', '--immutable-tags', '--chunk-max', '4194304'];

  expect(parseOptions(words)?.capabilities).toMatchObject({
    referrers: false,
    immutableTags: true,
    chunkMax: 4_194_304,
  });
});

test('a capability may be a text or a list', () => {
  const words = ['--immutable-tag-code', 'GONE', '--content-types', 'a/b,c/d'];

  expect(parseOptions(words)?.capabilities).toMatchObject({
    immutableTagCode: 'GONE',
    contentTypes: ['a/b', 'c/d'],
  });
});

test('a profile keeps its own credentials, unless others are given or none are wanted', () => {
  const words = ['--profile', 'ecr', '--repository', 'acme/app', '--repository', 'acme/base'];

  expect(parseOptions(words)).toEqual({
    profile: 'ecr',
    repositories: ['acme/app', 'acme/base'],
    capabilities: {},
  });
  expect(parseOptions([...words, '--open'])?.auth).toEqual({ kind: 'none' });
  expect(parseOptions([...words, '--basic', 'ada:x'])?.auth).toMatchObject({ kind: 'basic' });
});

test.each([
  [['--nonsense'], /--nonsense/],
  [['stray'], /stray/],
  [['--port', 'x'], /--port must be a number from 0 to 65535, not "x"/],
  [['--port', '70000'], /--port/],
  [['--chunk-min', '-1'], /chunk-min/],
  [['--basic', 'secret'], /^--basic must be username:password$/],
  [['--basic', 'a:b', '--bearer', 'a:b'], /exclude/],
  [['--basic', 'a:b', '--open'], /exclude/],
  [['--profile', 'nonsense'], /--profile must be one of ghcr, ecr, .*, not "nonsense"/],
])('%o is refused, and named', (words, message) => {
  expect(() => parseOptions(words)).toThrow(message);
  expect(() => parseOptions(words)).toThrow(expect.objectContaining({ code: 'COMMAND_LINE' }));
});

test('the help has every profile', () => {
  for (const name of Object.keys(profiles)) expect(helpText()).toContain(`    ${name} `);
});

test('the help has every option', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
  for (const key of Object.keys(completeCapabilities())) {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

    expect(helpText()).toMatch(
      new RegExp(`^  --(no-)?${name}( NUMBER| TEXT| A,B,\\.\\.\\.)?$`, 'm'),
    );
  }
});
