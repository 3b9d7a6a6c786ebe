import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf, InvalidDigestError } from './digest.ts';
import {
  formatReference,
  InvalidReferenceError,
  isTag,
  parseReference,
  parseRepositoryName,
  parseTag,
} from './reference.ts';

const digest = digestOf('');

test.each([
  ['ubuntu', 'docker.io', 'library/ubuntu', undefined],
  ['ubuntu:22.04', 'docker.io', 'library/ubuntu', '22.04'],
  ['acme/app', 'docker.io', 'acme/app', undefined],
  ['acme/app/more:v1', 'docker.io', 'acme/app/more', 'v1'],
  ['docker.io/ubuntu', 'docker.io', 'library/ubuntu', undefined],
  ['docker.io/library/ubuntu', 'docker.io', 'library/ubuntu', undefined],
  ['index.docker.io/acme/app', 'docker.io', 'acme/app', undefined],
  ['ghcr.io/acme/app:1.0', 'ghcr.io', 'acme/app', '1.0'],
  ['GHCR.io/acme/app', 'ghcr.io', 'acme/app', undefined],
  ['localhost/app', 'localhost', 'app', undefined],
  ['localhost:5000/app', 'localhost:5000', 'app', undefined],
  ['localhost:5000/app:5000', 'localhost:5000', 'app', '5000'],
  ['registry:5000/app', 'registry:5000', 'app', undefined],
  ['127.0.0.1:65535/a/b:c', '127.0.0.1:65535', 'a/b', 'c'],
  ['[::1]/app', '[::1]', 'app', undefined],
  ['[2001:db8::1]:5000/app:v1', '[2001:db8::1]:5000', 'app', 'v1'],
  ['localhost:5000', 'docker.io', 'library/localhost', '5000'],
  ['ghcr.io/a__b/c---d', 'ghcr.io', 'a__b/c---d', undefined],
])('%s is read as every client reads it', (text, registry, repository, tag) => {
  const expected = { registry, repository, ...(tag === undefined ? {} : { tag }) };

  expect(parseReference(text)).toEqual(expected);
  expect(parseReference(`${text}@${digest}`)).toEqual({ ...expected, digest });
});

const part = fc.stringMatching(/^[a-z0-9]{1,5}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);
const references = fc.record(
  {
    registry: fc.constantFrom('docker.io', 'ghcr.io', 'localhost', 'r.example:5000', '[::1]:443'),
    repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/),
    digest: fc.string().map((text) => digestOf(text)),
  },
  { requiredKeys: ['registry', 'repository'] },
);

test('a reference that was formatted is parsed to the same reference', () => {
  fc.assert(
    fc.property(references, (reference) => {
      expect(parseReference(formatReference(reference))).toEqual(reference);
    }),
  );
});

test('text that was parsed is formatted to text that parses the same', () => {
  fc.assert(
    fc.property(fc.oneof(references.map(formatReference), part), (text) => {
      const once = formatReference(parseReference(text));

      expect(formatReference(parseReference(once))).toBe(once);
    }),
  );
});

test('arbitrary text is a reference, or is refused with an error of ours', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab./:@[]-_A1 \n%') }), (text) => {
      try {
        parseReference(text);
      } catch (error) {
        expect(error).toSatisfy(
          (e) => e instanceof InvalidReferenceError || e instanceof InvalidDigestError,
        );
      }
    }),
  );
});

test.each([
  ['', 'it has no repository'],
  ['ghcr.io/', 'it has no repository'],
  ['/app', 'lower case letters and digits'],
  ['ghcr.io//app', 'lower case letters and digits'],
  ['ghcr.io/acme/', 'lower case letters and digits'],
  ['ghcr.io/acme//app', 'lower case letters and digits'],
  ['ghcr.io/../app', 'lower case letters and digits'],
  ['ghcr.io/acme/..', 'lower case letters and digits'],
  ['ghcr.io/acme/./app', 'lower case letters and digits'],
  ['ghcr.io/acme/a..b', 'lower case letters and digits'],
  ['ghcr.io/acme/-app', 'lower case letters and digits'],
  ['ghcr.io/acme/app_', 'lower case letters and digits'],
  ['ghcr.io/acme/a___b', 'lower case letters and digits'],
  ['ghcr.io/acme/a%2fb', 'lower case letters and digits'],
  ['ghcr.io/acme/app?x=1', 'lower case letters and digits'],
  ['ghcr.io/acme/app\n', 'lower case letters and digits'],
  ['ghcr.io/acme/äpp', 'lower case letters and digits'],
  ['ghcr.io/Acme/app', '"Acme/app" must be lower case'],
  ['Acme/app', '"Acme/app" must be lower case'],
  ['Ubuntu', '"Ubuntu" must be lower case'],
  [`ghcr.io/${'a'.repeat(256)}`, 'has 256 characters'],
  ['https://ghcr.io/acme/app', 'registry part "https:" is not a host'],
  ['user:password@ghcr.io/acme/app', 'not a digest'],
  [' ghcr.io/acme/app', 'registry part " ghcr.io" is not a host'],
  ['-ghcr.io/app', 'is not a host'],
  ['ghcr..io/app', 'is not a host'],
  ['.ghcr.io/app', 'is not a host'],
  ['gh_cr.io/app', 'is not a host'],
  ['999.1.1.1/app', 'is not a host'],
  ['[::1/app', 'is not a host'],
  ['[:::]/app', 'is not a host'],
  ['[::1]x/app', 'is not a host'],
  ['::1/app', 'is not a host'],
  ['localhost:/app', 'is not a host'],
  ['localhost:50a0/app', 'is not a host'],
  ['localhost:0/app', 'port 0 is out of range'],
  ['localhost:65536/app', 'port 65536 is out of range'],
  ['[::1]:99999/app', 'port 99999 is out of range'],
  ['ghcr.io/acme/app:', 'a tag has'],
  ['ghcr.io/acme/app:.a', 'a tag has'],
  ['ghcr.io/acme/app:a:b', 'a tag has'],
  ['ghcr.io/acme/app:v1\n', 'a tag has'],
  ['ghcr.io/acme/app@', 'not a digest: ""'],
  ['ghcr.io/acme/app@sha256:abc', 'not a digest: "sha256:abc"'],
  [`ghcr.io/acme/app@${digest.toUpperCase()}`, 'not a digest'],
  [`ghcr.io/acme/app@${digest}:v1`, 'not a digest'],
  [`ghcr.io/acme/app@${digest}@${digest}`, 'it has more than one "@"'],
  [`@${digest}`, 'it has no repository'],
])('%j is refused, and the error says why', (text, reason) => {
  expect(() => parseReference(text)).toThrow(reason);
});

test.each(['a'.repeat(128), '_', 'V1.0-rc_1', '0', 'sha256-abc.sig'])('%s is a tag', (text) => {
  expect(isTag(text)).toBe(true);
  expect(parseTag(text)).toBe(text);
});

test.each(['a'.repeat(129), '', '.a', '-a', 'a/b', 'a b', 'a+b', 'ä', 'a\n', '../a'])(
  '%j is no tag',
  (text) => {
    expect(isTag(text)).toBe(false);
    expect(() => parseTag(text)).toThrow(InvalidReferenceError);
  },
);

test('a repository is named without a tag and without a digest', () => {
  const name = { registry: 'ghcr.io', repository: 'acme/app' };

  expect(parseRepositoryName('ghcr.io/acme/app')).toEqual(name);
  expect(() => parseRepositoryName('ghcr.io/acme/app:v1')).toThrow('must not have a tag');
  expect(() => parseRepositoryName(`ghcr.io/acme/app@${digest}`)).toThrow('must not have a tag');
});

test('the error has a code to match, and a hint', () => {
  const error = new InvalidReferenceError('x', 'it is bad');

  expect(error).toMatchObject({
    code: 'INVALID_REFERENCE',
    message: 'not a reference: "x": it is bad',
  });
  expect(error.hint).toContain('ghcr.io/acme/app:1.0');
});
