import { type Digest, digestOf, encodedOf } from '@oci-matrix/oci';
import { code, details, lines, type Markup, table } from './markdown.ts';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

interface SignatureView {
  readonly subject: Digest;
  readonly format: string;
  readonly outcome: 'signed' | 'present';
  readonly reference?: string;
  readonly descriptor?: object;
  readonly signedBy: object;
  readonly verify: string;
  readonly bundle?: Uint8Array;
}

/** What signing puts out. */
export const signatureOutputs = {
  signatures:
    'JSON list: of each signature its `subject`, `format`, `reference`, `descriptor`, who signed, and whether it was `present`.',
  'bundle-files': 'Paths of the Sigstore bundles, one a line.',
  'verify-command': 'The `cosign verify` commands for what was signed, one a line.',
  'public-key': 'The public key in PEM, which those commands expect in the file cosign.pub.',
} as const;

/** The values of `signatureOutputs`. */
export async function signatureResult(
  signatures: readonly SignatureView[],
  publicKey: string | undefined,
  { env }: Pick<RunContext, 'env'>,
) {
  const bundles = signatures.flatMap(({ bundle }) => bundle ?? []);
  const files = await Promise.all(
    bundles.map((bundle) => {
      const name = `oci-matrix-bundle-${encodedOf(digestOf(bundle)).slice(-12)}.sigstore.json`;
      return writeTemporary(name, bundle, env);
    }),
  );
  return {
    signatures: signatures.map(({ bundle: _, verify: __, ...told }) => told),
    bundleFiles: files.join('\n') || undefined,
    verifyCommand: commandsOf(signatures).join('\n') || undefined,
    publicKey,
  };
}

const commandsOf = (signatures: readonly SignatureView[]): string[] => [
  ...new Set(signatures.map(({ verify }) => verify)),
];

/** What was signed, and how to verify it. */
export function signatureSummary(
  signatures: readonly SignatureView[],
  publicKey: string | undefined,
): Markup[] {
  if (signatures.length === 0) return [];
  const rows = signatures.map(({ subject, format, outcome, reference }) => [
    code(subject),
    format,
    outcome === 'present' ? 'signed before' : 'signed',
    reference === undefined ? '' : code(reference),
  ]);
  const commands = commandsOf(signatures).map((command) => code(command));
  const key =
    publicKey === undefined
      ? []
      : [details('cosign.pub', lines(publicKey.trim().split('\n').map(code)))];
  return [
    table(['Signed', 'Format', '', 'Signature'], rows.slice(0, maxRows)),
    details('Verify', lines(commands.slice(0, maxRows))),
    ...key,
  ];
}

// A table of all legs of the largest matrix fits.
const maxRows = 300;
