/** Knows the secrets of a job, and the forms they are met in. */
export interface Masker {
  /** Registers a secret, and each line of one that has several. */
  add(secret: string): void;
  /** The text with every secret replaced by `***`. */
  mask(text: string): string;
}

export function createMasker(): Masker {
  const forms = new Set<string>();
  return {
    add(secret) {
      for (const part of [secret, ...secret.split(/[\r\n]+/)]) {
        for (const form of part.trim() === '' ? [] : formsOf(part)) {
          forms.add(form);
        }
      }
    },
    mask: (text) => maskForms(text, forms),
  };
}

/** A secret as it is, and as encoders write it: the same list as GitHub's runner. */
const formsOf = (secret: string): string[] =>
  [
    secret,
    // A secret inside a longer text, as in `user:password`, starts at any of three offsets of base64.
    ...[0, 1, 2].map((shift) => base64(secret, shift)),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    xmlEscaped(secret),
    secret.replaceAll("'", "''"),
    secret.replace(/^"(.*)"$/s, '$1'),
  ].filter((form) => form !== '');

function base64(secret: string, shift: number): string {
  const bytes = Buffer.from(secret);
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
}

const xmlEscapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

const xmlEscaped = (secret: string): string =>
  secret.replace(/[&<>"']/g, (character) => xmlEscapes.get(character) ?? character);

function maskForms(text: string, forms: Iterable<string>): string {
  const ranges: [number, number][] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      ranges.push([at, at + form.length]);
    }
  }
  ranges.sort(([a], [b]) => a - b);

  let masked = '';
  let end = 0;
  for (const [from, to] of ranges) {
    if (from > end || (from === 0 && end === 0)) {
      masked += `${text.slice(end, from)}***`;
    }
    end = Math.max(end, to);
  }
  return masked + text.slice(end);
}
