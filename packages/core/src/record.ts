import {
  canonicalText,
  type Descriptor,
  type Digest,
  isDigest,
  isMediaType,
} from '@oci-matrix/oci';
import type { SignedBy } from '@oci-matrix/signing';
import * as z from 'zod/mini';
import { MatrixError } from './error.ts';
import { type MergedLayersMeta, mergedLayersMetaSchema } from './layers-meta/layers-meta.ts';
import type { SignatureFormat } from './signing/formats.ts';

export const recordSchemaName = 'oci-matrix/leg-record/v1';

/** The most a record may have, in characters: it comes from an artifact that anybody in the run could write. */
export const maxRecordLength = 4 * 1024 * 1024;

// The small form of the library: the large one takes a fifth of the time in which an action starts.
z.config(z.locales.en());

// A registry's host has up to 253 characters, and a repository 255.
const name = z.string().check(z.minLength(1), z.maxLength(600));
const text = z.string().check(z.maxLength(65_536));
const count = z.int().check(z.nonnegative());

const digest = z
  .string()
  .check(
    z.regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/),
    z.refine(isDigest, 'is not a digest'),
  );

const platform = z.object({
  architecture: name,
  os: name,
  'os.version': z.optional(name),
  'os.features': z.optional(z.array(name).check(z.maxLength(100))),
  variant: z.optional(name),
});

const descriptor = z.object({
  mediaType: name.check(z.refine(isMediaType, 'is not a media type')),
  digest,
  size: count,
  artifactType: z.optional(name),
  platform: z.optional(platform),
  annotations: z.optional(z.record(z.string(), text)),
});

const run = z.object({
  id: name,
  number: count,
  attempt: z.int().check(z.positive()),
  job: name,
  checkRunId: z.optional(name),
  commit: z.optional(name),
});

const signature = z.object({
  subject: digest,
  format: z.union([z.literal('bundle'), z.literal('legacy')]),
  descriptor,
  signedBy: z.union([z.object({ key: digest }), z.object({ identity: text, issuer: text })]),
});

// What is nested without end would end the stack of whoever walks it.
const maxDepth = 32;

const depthOf = (value: unknown, left = maxDepth): number =>
  typeof value !== 'object' || value === null || left < 0
    ? 0
    : 1 +
      Object.values(value).reduce((most: number, one) => Math.max(most, depthOf(one, left - 1)), 0);

/** What a leg hands over: one document, by artifact and by step output. */
export const legRecordSchema = z.object({
  schema: z.literal(recordSchemaName),
  group: name,
  leg: name,
  index: count,
  total: z.int().check(z.positive(), z.maximum(10_000)),
  matrix: z
    .nullable(z.record(z.string(), z.unknown()))
    .check(z.refine((value) => depthOf(value) <= maxDepth, `is nested deeper than ${maxDepth}`)),
  axes: z.optional(z.array(name).check(z.maxLength(1000))),
  image: z.optional(name),
  descriptor: z.optional(descriptor),
  children: z.optional(z.array(descriptor).check(z.maxLength(10_000))),
  layers: z.optional(mergedLayersMetaSchema),
  // What the leg says that it signed. That is no proof: who needs one asks the registry.
  signatures: z.optional(z.array(signature).check(z.maxLength(10_000))),
  outputs: z.record(z.string(), text),
  run,
  finishedAt: z.iso.datetime(),
});

type Parsed = z.infer<typeof legRecordSchema>;

/** A leg's record, with the nouns of `@oci-matrix/oci`. */
export interface LegRecord
  extends Readonly<
    Omit<Parsed, 'descriptor' | 'children' | 'layers' | 'signatures' | 'image' | 'run' | 'axes'>
  > {
  /** `registry/repository`; left out of job outputs, where a masked host would lose the whole record. */
  readonly image?: string;
  /** The keys of `matrix` in the order in which the platform shows them. */
  readonly axes?: readonly string[];
  readonly descriptor?: Descriptor;
  /** The entries of an index that the leg pushed. */
  readonly children?: readonly Descriptor[];
  /** What the layers cost that the leg measured, by architecture. */
  readonly layers?: MergedLayersMeta;
  /** What the leg signed, by its own word; the registry has the proof. */
  readonly signatures?: readonly RecordedSignature[];
  readonly run: RunIdentity;
}

/** A signature of a manifest that a leg pushed. */
export interface RecordedSignature {
  readonly subject: Digest;
  readonly format: SignatureFormat;
  /** The manifest that holds it. */
  readonly descriptor: Descriptor;
  readonly signedBy: SignedBy;
}

export interface RunIdentity {
  readonly id: string;
  readonly number: number;
  readonly attempt: number;
  readonly job: string;
  /** Unique for each leg and attempt, where the platform gives one. */
  readonly checkRunId?: string;
  readonly commit?: string;
}

/** The text of a record: the same for equal records. */
export const recordText = (record: LegRecord): string => canonicalText(record);

/** True of JSON text that claims to be a record of ours, whatever its version. */
export const looksLikeRecord = (json: string): boolean =>
  /"schema"\s*:\s*"oci-matrix\/leg-record\//.test(json);

/** Reads a record from outside. `from` names where it came from, for the error. */
export function parseRecord(json: string, from: string): LegRecord {
  if (json.length > maxRecordLength) {
    throw invalidRecord(from, `has ${json.length} characters, at most ${maxRecordLength} go`);
  }
  const parsed = legRecordSchema.safeParse(parseJson(json, from));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalidRecord(from, `${issue?.path.join('.') || 'the document'}: ${issue?.message}`);
  }
  return parsed.data as LegRecord;
}

function parseJson(json: string, from: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidRecord(from, 'is not JSON');
  }
}

const invalidRecord = (from: string, reason: string): MatrixError =>
  new MatrixError('RECORD_INVALID', `the record of ${from} cannot be read: ${reason}`);
