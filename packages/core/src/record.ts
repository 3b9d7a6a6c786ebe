import { canonicalText, type Descriptor, isDigest, isMediaType } from '@oci-matrix/oci';
import { z } from 'zod';
import { MatrixError } from './error.ts';

export const recordSchemaName = 'oci-matrix/leg-record/v1';

/** The most a record may have, in characters: it comes from an artifact that anybody in the run could write. */
export const maxRecordLength = 4 * 1024 * 1024;

// A registry's host has up to 253 characters, and a repository 255.
const name = z.string().min(1).max(600);
const text = z.string().max(65_536);

const digest = z
  .string()
  .regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/)
  .refine(isDigest, 'is not a digest');

const platform = z.object({
  architecture: name,
  os: name,
  'os.version': name.optional(),
  'os.features': z.array(name).max(100).optional(),
  variant: name.optional(),
});

const descriptor = z.object({
  mediaType: name.refine(isMediaType, 'is not a media type'),
  digest,
  size: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  artifactType: name.optional(),
  platform: platform.optional(),
  annotations: z.record(z.string(), text).optional(),
});

const run = z.object({
  id: name,
  number: z.number().int().nonnegative(),
  attempt: z.number().int().positive(),
  job: name,
  checkRunId: name.optional(),
  commit: name.optional(),
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
  index: z.number().int().nonnegative(),
  total: z.number().int().positive().max(10_000),
  matrix: z
    .record(z.string(), z.unknown())
    .nullable()
    .refine((value) => depthOf(value) <= maxDepth, `is nested deeper than ${maxDepth}`),
  axes: z.array(name).max(1000).optional(),
  image: name.optional(),
  descriptor: descriptor.optional(),
  children: z.array(descriptor).max(10_000).optional(),
  outputs: z.record(z.string(), text),
  run,
  finishedAt: z.iso.datetime(),
});

type Parsed = z.infer<typeof legRecordSchema>;

/** A leg's record, with the nouns of `@oci-matrix/oci`. */
export interface LegRecord
  extends Readonly<Omit<Parsed, 'descriptor' | 'children' | 'image' | 'run' | 'axes'>> {
  /** `registry/repository`; left out of job outputs, where a masked host would lose the whole record. */
  readonly image?: string;
  /** The keys of `matrix` in the order in which the platform shows them. */
  readonly axes?: readonly string[];
  readonly descriptor?: Descriptor;
  /** The entries of an index that the leg pushed. */
  readonly children?: readonly Descriptor[];
  readonly run: RunIdentity;
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
