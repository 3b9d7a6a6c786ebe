import { input } from './input.ts';

/** Who signs, and how; each of the first three is a way to sign. */
export const signingInputs = {
  key: input.text({
    description:
      "Signs with this private key, in PEM: ECDSA, RSA or Ed25519, or cosign's own encrypted one. `env://NAME` reads a variable.",
    secret: true,
  }),
  'sign-command': input.text({
    description:
      'Signs with this command, as one that asks a key management service: it gets what to sign on standard input, and prints the signature, its bytes or those in base64. Needs `public-key`.',
  }),
  keyless: input.boolean({
    description:
      'Signs with a certificate for what GitHub says that this workflow is, and no key at all. The job needs `id-token: write`.',
    default: 'false',
  }),
  'key-password': input.text({
    description: 'Password of an encrypted `key`. By default the variable `COSIGN_PASSWORD`.',
    secret: true,
  }),
  format: input.choice(
    {
      description:
        'Of the signatures: `bundle`, a referrer, as cosign 3 has them; `legacy`, at the tag `sha256-….sig`, as older clients read them; or `both`.',
      default: 'bundle',
    },
    ['bundle', 'legacy', 'both'],
  ),
  recursive: input.boolean({
    description: 'Signs also what an index names, each manifest once, but for attestations.',
    default: 'false',
  }),
  'fulcio-url': input.text({
    description: 'For `keyless`: the authority that makes the certificate.',
    default: 'https://fulcio.sigstore.dev',
  }),
  'rekor-url': input.text({
    description: 'For `keyless`: the transparency log, or `none`.',
    default: 'https://rekor.sigstore.dev',
  }),
  'timestamp-url': input.text({
    description: 'For `keyless`: a timestamp authority.',
  }),
};

/** The formats that an input means. */
export const formatsOf = (
  format: 'bundle' | 'legacy' | 'both',
): readonly ('bundle' | 'legacy')[] => (format === 'both' ? ['bundle', 'legacy'] : [format]);

/** What must be signed before it goes into an index. */
export const requireSignaturesInput = input.boolean({
  description:
    "Refuses to publish an entry that comes in and is not signed, before any tag moves. Whose signatures count is what `public-key` or `certificate-identity` say, or who signs in this step; without any of them, anybody's.",
  default: 'false',
});

/** What signatures are verified with. */
export const trustInputs = {
  'public-key': input.text({
    description:
      'Public key in PEM, or the path of its file: the one that `sign-command` signs with, and whose signatures count.',
  }),
  'trusted-root': input.text({
    description:
      'Path of a Sigstore trusted root, as JSON: the keys of the authorities by which keyless signatures are verified. `cosign trusted-root create` makes one.',
  }),
};

/** Whose signatures count. */
export const verifierInputs = {
  ...trustInputs,
  'certificate-identity': input.text({
    description:
      'Identity whose keyless signatures count, e.g. `https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main`.',
  }),
  'certificate-oidc-issuer': input.text({
    description: 'Who vouches for that identity.',
    default: 'https://token.actions.githubusercontent.com',
  }),
};
