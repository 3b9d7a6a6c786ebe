import { completeCapabilities } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { helpText, parseOptions } from './options.ts';

test('no options serve an open registry with every capability at its default', () => {
  expect(parseOptions([])).toEqual({ auth: { kind: 'none' }, capabilities: {} });
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

  expect(parseOptions(words)?.capabilities).toEqual({
    referrers: false,
    immutableTags: true,
    chunkMax: 4_194_304,
  });
});

test.each([
  [['--nonsense'], /--nonsense/],
  [['stray'], /stray/],
  [['--port', 'x'], /--port must be a number from 0 to 65535, not "x"/],
  [['--port', '70000'], /--port/],
  [['--chunk-min', '-1'], /chunk-min/],
  [['--basic', 'secret'], /^--basic must be username:password$/],
  [['--basic', 'a:b', '--bearer', 'a:b'], /exclude/],
])('%o is refused, and named', (words, message) => {
  expect(() => parseOptions(words)).toThrow(message);
  expect(() => parseOptions(words)).toThrow(expect.objectContaining({ code: 'COMMAND_LINE' }));
});

test('the help has every option', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
  for (const key of Object.keys(completeCapabilities())) {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

    expect(helpText()).toMatch(new RegExp(`^  --(no-)?${name}( NUMBER)?$`, 'm'));
  }
});
