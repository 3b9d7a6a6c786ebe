/** The secrets that this process knows. */
export interface Secrets {
  /** Remembers a secret and has the runner mask it. Shorter than 4 characters it is ignored: masking it would shred the log. */
  add(text: string): void;
  /** True of text with a known secret in it: plain, in base64, or escaped for a URI, JSON or XML. */
  contains(text: string): boolean;
  /** The text with `***` for every known secret. */
  redact(text: string): string;
}

const shortest = 4;

/** `mask` tells the runner. */
export function createSecrets(mask: (text: string) => void): Secrets {
  const forms = new Set<string>();
  // Longest first, so that no part of a form is left standing where another ended.
  const sorted = (): string[] => [...forms].sort((a, b) => b.length - a.length);
  return {
    add: (text) => {
      const secret = text.trim();
      if (secret.length < shortest) return;
      mask(secret);
      for (const part of [secret, ...secret.split(/\r?\n/).map((line) => line.trim())]) {
        for (const form of formsOf(part)) if (form.length >= shortest) forms.add(form);
      }
    },
    contains: (text) => sorted().some((form) => text.includes(form)),
    redact: (text) => sorted().reduce((cut, form) => cut.replaceAll(form, '***'), text),
  };
}

// The forms that the runner masks (actions/runner v2.336, ValueEncoders), and so drops job outputs for.
function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  return [
    secret,
    ...[0, 1, 2].map((shift) => base64Core(secret, shift)),
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    escapeXml(secret),
  ];
}

// What base64 makes of the secret inside longer text that starts `shift` bytes before it, without the
// characters at both ends which depend on the neighbours.
function base64Core(secret: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), whole);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
