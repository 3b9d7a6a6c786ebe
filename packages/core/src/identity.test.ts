import { expect, test } from 'vitest';
import { defaultIdentity, identityKey, identityText, parseIdentity } from './identity.ts';
import { entryFor, imageFor } from './test-kit/records.ts';

const named = (annotations: Record<string, string>) => entryFor('x', { annotations });

test('without a line platform and artifact type identify an entry', () => {
  expect(parseIdentity([])).toBe(defaultIdentity);
});

test.each(['digest', 'annotations.', 'annotations.two words', 'Platform', ''])(
  'an identity cannot have %j',
  (line) => {
    expect(() => parseIdentity(['platform', line])).toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: `identity cannot have ${JSON.stringify(line)}`,
      }),
    );
  },
);

test('two names of one platform are one identity, two artifact types are two', () => {
  const [plain, variant] = [{ variant: '' }, { variant: 'v8' }].map((more) =>
    entryFor('x', { platform: { os: 'linux', architecture: 'arm64', ...more } }),
  );
  const disk = { ...imageFor('linux/arm64'), artifactType: 'application/vnd.disk' };
  const keyOf = (entry = plain) => entry && identityKey(entry, defaultIdentity);

  expect(keyOf(variant)).toBe(keyOf(plain));
  expect(keyOf(disk)).not.toBe(keyOf(plain));
});

test('the version of an OS tells two entries apart', () => {
  const [a, b] = ['10.0.17763', '10.0.20348'].map((version) => ({
    ...entryFor('x'),
    platform: { os: 'windows', architecture: 'amd64', 'os.version': version },
  }));

  expect(a && identityKey(a, defaultIdentity)).not.toBe(b && identityKey(b, defaultIdentity));
});

test('the parts of a key do not run into one another', () => {
  const parts = parseIdentity(['annotations.a', 'annotations.b']);

  expect(identityKey(named({ a: 'x', b: 'y z' }), parts)).not.toBe(
    identityKey(named({ a: 'x y', b: 'z' }), parts),
  );
});

test('an identity reads well, and is the digest where there is nothing to read', () => {
  const platform = { os: 'gardenlinux', architecture: 'amd64', 'os.version': '1877.3' };
  const entry = { ...named({ cname: 'aws' }), platform };

  expect(identityText(entry, ['platform', 'annotations.cname'])).toBe(
    'gardenlinux(1877.3)/amd64 aws',
  );
  expect(identityText(named({}), defaultIdentity)).toBe(named({}).digest);
});
