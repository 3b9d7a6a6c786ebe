import { generateKeyPairSync } from 'node:crypto';
import { startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { verifierOfIdentity } from './identity-verifier.ts';
import { identity, issuer } from './test-identity.ts';
import { parseTrustedRoot } from './trust.ts';

test('a trusted root is read, with keys of either kind and their times', async () => {
  await using sigstore = await startSigstore();
  const root = JSON.parse(sigstore.trustedRoot);
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = {
    ...root.tlogs[0],
    publicKey: {
      rawBytes: publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      keyDetails: 'PKCS1_RSA_PKCS1V5',
      validFor: { start: '2021-03-14T00:00:00Z', end: '2022-10-31T23:59:59.999Z' },
    },
  };

  const material = parseTrustedRoot(JSON.stringify({ ...root, ctlogs: [...root.ctlogs, rsa] }));

  expect(material.certificateAuthorities[0]?.certChain).toHaveLength(1);
  expect(material.timestampAuthorities[0]?.certChain).toHaveLength(2);
  expect(material.ctlogs.map((log) => log.publicKey.asymmetricKeyType)).toEqual(['ec', 'rsa']);
  expect(material.ctlogs[1]?.validFor.end.toISOString()).toBe('2022-10-31T23:59:59.999Z');
});

test.each([
  ['nothing', ''],
  ['no JSON', 'root'],
  ['no authority', '{}'],
  ['a list that is none', '{"tlogs":"many"}'],
  ['an authority without certificates', '{"certificateAuthorities":[{}]}'],
  [
    'a time that is none',
    '{"certificateAuthorities":[{"certChain":{"certificates":[]},"validFor":{"start":"soon"}}]}',
  ],
])('a trusted root with %s is refused', (_, trustedRoot) => {
  expect(() => verifierOfIdentity({ identity, issuer, trustedRoot })).toThrow(
    expect.objectContaining({ code: 'KEY_INVALID' }),
  );
});
