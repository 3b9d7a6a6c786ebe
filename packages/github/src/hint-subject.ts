import { OciError } from '@oci-matrix/oci';
import type { ErrorCode } from './error-code.ts';
import { hints } from './hints.ts';

/** What a hint may look at. */
export interface HintSubject {
  readonly code: string;
  /** What the thrower advised. */
  readonly hint: string | undefined;
  /** The host that it is about, where it is about one. */
  readonly host: string | undefined;
  /** Of the HTTP response, where there was one. */
  readonly status: number | undefined;
}

/** The advice for any error. What a registry refused is explained in the words of a workflow, which its client does not know. */
export function hintFor(error: unknown): string {
  const subject = subjectOf(error);
  const asked = subject.status === undefined ? subject : { ...subject, hint: undefined };
  if (isErrorCode(subject.code)) return hints[subject.code](asked);
  return hintForStatus(asked) ?? subject.hint ?? hints.UNEXPECTED(subject);
}

export const codeOf = (error: unknown): string =>
  error instanceof OciError ? error.code : 'UNEXPECTED';

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(hints, code);

// Not every registry gives its refusals a code of the specification.
function hintForStatus(subject: HintSubject): string | undefined {
  const { status = Number(/^HTTP_(\d{3})$/.exec(subject.code)?.[1] ?? 0) } = subject;
  if (status === 401) return hints.UNAUTHORIZED(subject);
  if (status === 403) return hints.DENIED(subject);
  if (status === 404) return hints.NAME_UNKNOWN(subject);
  if (status === 429) return hints.TOOMANYREQUESTS(subject);
  if (status < 500) return undefined;
  return 'Run the job again, and look at the status page of the registry if it stays.';
}

function subjectOf(error: unknown): HintSubject {
  const own = error instanceof OciError ? error : undefined;
  const url = own !== undefined && 'url' in own ? String(own.url) : own?.message;
  return {
    code: codeOf(error),
    hint: own?.hint,
    host: /https?:\/\/([^/\s:]+)/.exec(url ?? '')?.[1]?.toLowerCase(),
    status: own !== undefined && 'status' in own ? Number(own.status) || undefined : undefined,
  };
}
