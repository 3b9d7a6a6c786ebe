import { type Answer, errorAnswer } from './exchange.ts';

/** What goes wrong with a request. Without `status` the request is answered as usual, and then spoiled. */
export interface Fault {
  /** Answers this and does nothing. */
  readonly status?: number;
  /** The code of the error body; by default what fits the status. */
  readonly code?: string;
  readonly message?: string;
  readonly detail?: unknown;
  /** Added to the answer, or put in the place of its own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Put in the place of the answer's own body. */
  readonly body?: string;
  /** With `status`: does the work all the same, as a gateway that gives up on a slow registry. */
  readonly worked?: boolean;
  /** How many requests it hits, 1 by default. */
  readonly times?: number;
  /** How many matching requests it lets pass first. */
  readonly after?: number;
  /**
   * Breaks the connection: before the request is read, during its body (or during the answer's, if it has none), or
   * after the work is done, in the place of an answer.
   */
  readonly reset?: 'before' | 'during' | 'after';
  /** Holds the answer back for so many ms; the work is done by then. */
  readonly delay?: number;
  /** Ends the connection after so many bytes of the body, of which more were announced. */
  readonly truncate?: number;
  /** Changes one bit of the body. */
  readonly corrupt?: boolean;
}

/** The faults that wait for their requests. */
export interface Faults {
  add(method: string, pattern: RegExp, fault: Fault): void;
  /** The fault for a request, which is then used up by one. */
  take(method: string, path: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  const waiting: { method: string; pattern: RegExp; fault: Fault; after: number; times: number }[] =
    [];
  return {
    add(method, pattern, fault) {
      const { after = 0, times = 1 } = fault;
      waiting.push({ method, pattern, fault, after, times });
    },
    take(method, path) {
      const matching = waiting.filter(
        (each) =>
          each.times > 0 &&
          (each.method === '*' || each.method === method) &&
          path.search(each.pattern) >= 0,
      );
      const due = matching.find(({ after }) => after === 0);
      if (due !== undefined) due.times -= 1;
      for (const each of matching) each.after = Math.max(each.after - 1, 0);
      return due?.fault;
    },
    clear: () => void waiting.splice(0),
  };
}

/** The answer of a fault that has a status. */
export function faultAnswer(status: number, fault: Fault): Answer {
  if (status < 400 || fault.body !== undefined) return { status };
  const code = fault.code ?? codes[status] ?? 'UNKNOWN';
  const message = fault.message ?? `fault ${status}`;
  const detail = fault.detail === undefined ? {} : { detail: fault.detail };
  return errorAnswer(status, [{ code, message, ...detail }]);
}

const codes: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  405: 'UNSUPPORTED',
  429: 'TOOMANYREQUESTS',
};

/** The answer with what the fault says of its headers and body. */
export function spoil(answer: Answer, { headers = {}, body }: Fault): Answer {
  const added = Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]);
  return {
    ...answer,
    headers: { ...answer.headers, ...Object.fromEntries(added) },
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  };
}
