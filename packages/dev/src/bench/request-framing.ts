/** The head of an HTTP/1.1 request: https://www.rfc-editor.org/rfc/rfc9112#section-3 */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
}

/** Bytes of one request: its whole head, then its body in portions. What is no HTTP at all, such as TLS, is `other`. */
export type Piece =
  | { readonly kind: 'head'; readonly head: RequestHead; readonly bytes: Buffer }
  | { readonly kind: 'body' | 'other'; readonly bytes: Buffer };

/** Takes the bytes of a connection in any portions, and tells where each request begins. Keeps heads alone, never bodies. */
export type Framing = (chunk: Buffer) => Iterable<Piece>;

/** Finds how many of the bytes still belong to the body, which may go on in the next portion. */
type Body = (bytes: Buffer) => { readonly length: number; readonly over: boolean };

const endOfHead = '\r\n\r\n';
// A method, or the end of a line before it.
const mayBegin = /[A-Z\r\n]/;
const noBytes = Buffer.alloc(0);

export function createFraming(): Framing {
  let kept = noBytes;
  let body: Body | undefined;

  return function* split(chunk) {
    let rest = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    kept = noBytes;
    while (rest.length > 0) {
      if (body !== undefined) {
        const { length, over } = body(rest);
        if (over) body = undefined;
        if (length > 0) yield { kind: 'body', bytes: rest.subarray(0, length) };
        rest = rest.subarray(length);
      } else if (!mayBegin.test(rest.toString('latin1', 0, 1))) {
        // Some clients try TLS first, and wait for the answer that a registry without it has for that.
        yield { kind: 'other', bytes: rest };
        return;
      } else {
        const end = rest.indexOf(endOfHead);
        if (end < 0) {
          kept = Buffer.from(rest);
          return;
        }
        const bytes = rest.subarray(0, end + endOfHead.length);
        const text = bytes.toString('latin1');
        body = bodyOf(text);
        rest = rest.subarray(bytes.length);
        yield { kind: 'head', head: headOf(text), bytes };
      }
    }
  };
}

function headOf(text: string): RequestHead {
  const [method = '', path = ''] = text.split(' ', 2);
  return { method: method.trimStart(), path };
}

function bodyOf(head: string): Body | undefined {
  if (/^transfer-encoding:.*\bchunked\b/im.test(head)) return chunkedBody();
  const length = Number(/^content-length:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0);
  return length === 0 ? undefined : sizedBody(length);
}

function sizedBody(size: number): Body {
  let left = size;
  return (bytes) => {
    const length = Math.min(left, bytes.length);
    left -= length;
    return { length, over: left === 0 };
  };
}

const lineFeed = 0x0a;

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1: lines with sizes, between them the bytes and the end of a line. */
function chunkedBody(): Body {
  let line = '';
  let left = 0;
  let last = false;
  return (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      if (left > 0) {
        const skipped = Math.min(left, bytes.length - at);
        left -= skipped;
        at += skipped;
        continue;
      }
      const end = bytes.indexOf(lineFeed, at);
      line += bytes.toString('latin1', at, end < 0 ? bytes.length : end);
      if (end < 0) break;
      at = end + 1;
      const text = line.trim();
      line = '';
      // After the chunk of no bytes come trailers, and an empty line.
      if (last && text === '') return { length: at, over: true };
      if (last) continue;
      const size = Number.parseInt(text, 16);
      if (size === 0) last = true;
      else left = size + '\r\n'.length;
    }
    return { length: bytes.length, over: false };
  };
}
