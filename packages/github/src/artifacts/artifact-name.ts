import { canonicalText, digestOf, encodedOf } from '@oci-matrix/oci';

const prefix = 'oci-matrix-';
const longestPart = 40;

export interface LegAttempt {
  readonly group: string;
  readonly leg: string;
  /** Of the run, from 1. */
  readonly attempt: number;
}

/** The name for a leg's record: readable, and its own for every group, leg and attempt. */
export function artifactName({ group, leg, attempt }: LegAttempt): string {
  const own = encodedOf(digestOf(canonicalText([group, leg]))).slice(0, 10);
  return `${groupPrefix(group)}${readable(leg)}-${own}-a${attempt}`;
}

/** What the names of all records of a group begin with; those of other groups may too. */
export const groupPrefix = (group: string): string => `${prefix}${readable(group)}-`;

export const isRecordArtifact = (name: string): boolean => name.startsWith(prefix);

// The service takes fewer characters than names of groups and legs have.
const readable = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .slice(0, longestPart)
    .replace(/^-|-$/g, '') || 'x';
