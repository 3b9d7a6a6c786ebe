import { digestOf } from '@oci-matrix/oci';
import { type Registry, startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageOf, linux, seed } from './content.ts';
import { faultsBy } from './pushed.ts';
import { recordOf, recordsOf } from './records.ts';
import { writes } from './refusal.ts';
import { statementOf, testKey } from './signing.ts';

const image = imageOf(linux('arm64'), 2);
const { digest } = image.descriptor;
const signing = testKey();

const sign = (registry: Registry, inputs: Readonly<Record<string, string>>) =>
  act('sign-manifest', { with: { image: `${registry.host}/acme/app`, ...inputs } });

test('what a key signs is a referrer that says of which digest it is', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image);

  const { outputs, summary, log } = await sign(registry, { digest, key: signing.key });

  const [signature] = JSON.parse(outputs.signatures ?? '');
  const reference = `${registry.host}/acme/app@${digest}`;
  expect(signature).toMatchObject({ subject: digest, format: 'bundle', outcome: 'signed' });
  expect(
    statementOf(registry, 'acme/app', signature.descriptor.digest, signing)?.subject,
  ).toMatchObject([{ digest: { sha256: digest.slice('sha256:'.length) } }]);
  expect(outputs['verify-command']).toBe(
    `cosign verify --key cosign.pub --insecure-ignore-tlog=true ${reference}`,
  );
  expect(outputs['public-key']?.trim()).toBe(signing.publicKey.trim());
  expect(outputs['bundle-files']).toMatch(/\/oci-matrix-bundle-[0-9a-f]{12}\.sigstore\.json$/);
  expect(summary).toContain(digest);
  expect(`${log}${summary}${JSON.stringify(outputs)}`).not.toContain(signing.key.split('\n')[1]);
});

test('signing again with the same key writes nothing', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image);
  await sign(registry, { digest, key: signing.key, format: 'both' });
  registry.clearRequests();

  const again = await sign(registry, { digest, key: signing.key, format: 'both' });

  expect(JSON.parse(again.outputs.signatures ?? '')).toMatchObject([
    { format: 'bundle', outcome: 'present' },
    { format: 'legacy', outcome: 'present' },
  ]);
  expect(writes(registry)).toEqual([]);
});

test('a tag is resolved once, and its digest is signed', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image, '1.0');

  const { outputs } = await sign(registry, { digest: '1.0', key: signing.key });

  expect(JSON.parse(outputs.signatures ?? '')).toMatchObject([{ subject: digest }]);
  expect(registry.requests('HEAD', /manifests\/1\.0/)).toHaveLength(1);
});

test('a dry run names what it would sign, and writes nothing', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image);

  const { outputs } = await sign(registry, { digest, key: signing.key, 'dry-run': 'true' });

  expect(JSON.parse(outputs.signatures ?? '')).toMatchObject([{ subject: digest }]);
  expect(writes(registry)).toEqual([]);
});

test('the record of a leg goes to the fan-in again, with its signatures', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  seed(registry, 'acme/app', image);
  const { host } = registry;

  const { outputs } = await act('sign-manifest', {
    service,
    with: {
      image: `${host}/acme/app`,
      'leg-record': JSON.stringify(recordOf({ descriptor: image.descriptor })),
      key: signing.key,
    },
  });

  const { record = '' } = outputs;
  expect(faultsBy('leg-record-v1.json', record)).toEqual([]);
  expect(JSON.parse(record).signatures).toEqual([
    {
      subject: digest,
      format: 'bundle',
      descriptor: JSON.parse(outputs.signatures ?? '')[0].descriptor,
      signedBy: { key: expect.stringMatching(/^sha256:/) },
    },
  ]);
  expect(service.artifacts()).toHaveLength(1);
});

test('all legs of a group are signed by one step', async () => {
  await using registry = await startRegistry();
  const images = ['amd64', 'arm64', 's390x'].map((architecture) => imageOf(linux(architecture), 1));
  for (const each of images) seed(registry, 'acme/app', each);
  const records = recordsOf(images.map(({ descriptor }) => ({ descriptor })));

  const { outputs } = await sign(registry, { records, key: signing.key });

  const signed = JSON.parse(outputs.signatures ?? '').map(
    (one: { subject: string }) => one.subject,
  );
  expect(signed.toSorted()).toEqual(images.map((each) => each.descriptor.digest).toSorted());
});

test('a command signs what it reads, and what it says is in the log', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image);
  const command = 'echo asking >&2; openssl dgst -sha256 -sign key.pem | base64 -w0';

  const { outputs, log } = await act('sign-manifest', {
    files: { 'key.pem': signing.key, 'cosign.pub': signing.publicKey },
    with: {
      image: `${registry.host}/acme/app`,
      ...{ digest, 'sign-command': command, 'public-key': 'cosign.pub' },
    },
  });

  const [signature] = JSON.parse(outputs.signatures ?? '');
  expect(statementOf(registry, 'acme/app', signature.descriptor.digest, signing)).toBeDefined();
  expect(log).toContain('asking');
});

const locked = testKey('rsa', 'right');

test.each([
  [
    'nothing that signs',
    { digest },
    'INPUT_INVALID',
    /"key": was not given, and nothing else signs/,
  ],
  [
    'two ways to sign',
    { digest, key: signing.key, keyless: 'true' },
    'INPUT_INVALID',
    /"key": cannot go with keyless/,
  ],
  ['nothing to sign', { key: signing.key }, 'INPUT_INVALID', /"digest": was not given/],
  [
    'a command without its key',
    { digest, 'sign-command': 'true' },
    'INPUT_INVALID',
    /"public-key": is needed by sign-command/,
  ],
  ['no password', { digest, key: locked.key }, 'KEY_PASSWORD', /password/],
  [
    'a wrong password',
    { digest, key: locked.key, 'key-password': 'wrong' },
    'KEY_PASSWORD',
    /password/,
  ],
  ['a public key to sign with', { digest, key: signing.publicKey }, 'KEY_INVALID', /PUBLIC KEY/],
  [
    'a variable that is not set',
    { digest, key: 'env://NONE' },
    'INPUT_INVALID',
    /names the variable NONE/,
  ],
  [
    'a digest that is not there',
    { digest: digestOf('none'), key: signing.key },
    'MANIFEST_UNKNOWN',
    /does not have/,
  ],
  ['no right to ask for a token', { digest, keyless: 'true' }, 'ID_TOKEN', /id-token: write/],
])('%s is one error, and nothing is written', async (_, inputs, code, message) => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', image);

  const { annotations, conclusion } = await sign(registry, inputs);

  expect(conclusion).toBe('failure');
  expect(annotations).toMatchObject([{ title: code, message: expect.stringMatching(message) }]);
  expect(writes(registry)).toEqual([]);
});
