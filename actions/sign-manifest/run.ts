import {
  addSignatures,
  openClientFor,
  openSigner,
  recordedSignatures,
  resolveToSign,
  signManifests,
} from '@oci-matrix/core';
import {
  clientContext,
  deliverRecord,
  formatsOf,
  InputError,
  type Run,
  signatureResult,
  signerOptions,
} from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { subjectsOf } from './subjects.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image, legRecord, dryRun } = inputs;
  const { log, signal } = context;
  const names = await subjectsOf(inputs);
  const options = await signerOptions(inputs, context);
  if (options === undefined) throw nothingSigns;
  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const repository = client.repository(image, { writes: !dryRun });

  const digests = await Promise.all(
    names.map((name) => resolveToSign(repository, name, { signal })),
  );
  const signer = await openSigner(options);
  const signatures = await signManifests({
    ...{ repository, digests, signer, dryRun, signal },
    formats: formatsOf(inputs.format),
    recursive: inputs.recursive,
    logged: options.kind === 'keyless' && options.rekorUrl !== 'none',
    onSigned: ({ subject, format, outcome }) =>
      log.info(
        `${subject}: ${outcome === 'present' ? 'has its' : dryRun ? 'would get a' : 'has a'} ${format} signature`,
      ),
  });

  const record =
    legRecord === undefined
      ? undefined
      : addSignatures(
          { ...legRecord, image: formatReference(image), finishedAt: new Date().toISOString() },
          recordedSignatures(signatures),
        );
  return {
    outputs: {
      ...(await signatureResult(signatures, signer.publicKey, context)),
      record: record && (await deliverRecord(record, inputs.record, context)),
    },
    summary: renderSummary(inputs, signatures, signer.publicKey),
  };
};

const nothingSigns = new InputError([
  {
    input: 'key',
    reason: 'was not given, and nothing else signs',
    hint: 'Set one of key, sign-command and keyless: true.',
  },
]);
