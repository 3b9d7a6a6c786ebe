import { SigningError } from '../error.ts';
import type { Limits, Service } from './service.ts';

/** Where an instance of Sigstore is. */
export interface InstanceOptions {
  /** The public good instance's when not given. */
  readonly fulcioUrl?: string | undefined;
  /** The public good instance's when not given; none where it is empty or `none`. */
  readonly rekorUrl?: string | undefined;
  /** None when not given, empty or `none`: the log says when it was signed. An authority needs no log, a log no authority. */
  readonly timestampUrl?: string | undefined;
  /** How long one of them may take in milliseconds, retries included; 60000 when not given. */
  readonly timeout?: number | undefined;
  /** How often it is asked again; 2 when not given. */
  readonly retries?: number | undefined;
}

export interface Instance {
  readonly fulcio: Service;
  readonly rekor: Service | undefined;
  readonly timestamps: Service | undefined;
  readonly limits: Limits;
}

/** Reads where the services are; throws the error of a service whose URL is none, or plain http beyond this machine. */
export function parseInstance({
  fulcioUrl = 'https://fulcio.sigstore.dev',
  rekorUrl = 'https://rekor.sigstore.dev',
  timestampUrl = '',
  timeout = 60_000,
  retries = 2,
}: InstanceOptions): Instance {
  const instance = {
    fulcio: serviceAt('Fulcio', 'FULCIO', fulcioUrl),
    rekor: isNone(rekorUrl) ? undefined : serviceAt('Rekor', 'REKOR', rekorUrl),
    timestamps: isNone(timestampUrl)
      ? undefined
      : serviceAt('the timestamp authority', 'TIMESTAMP_AUTHORITY', timestampUrl),
    limits: { timeout, retries },
  };
  if (instance.rekor !== undefined || instance.timestamps !== undefined) return instance;
  throw new SigningError(
    'REKOR',
    'neither a log nor a timestamp authority is to see the signature',
    {
      hint: 'Give the URL of Rekor, or that of a timestamp authority: without them nobody can tell that the certificate was valid.',
    },
  );
}

const isNone = (text: string): boolean => text.trim() === '' || text.trim() === 'none';

function serviceAt(name: Service['name'], code: Service['code'], text: string): Service {
  const url = URL.parse(text.trim());
  const isLocal = url !== null && /^(?:127\.0\.0\.1|\[::1\]|localhost)$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) {
    if (url.username === '' && url.password === '') return { name, code, url };
  }
  const origin = url === null ? 'what is given' : `${url.protocol}//${url.host}`;
  throw new SigningError(code, `${name} cannot be at ${origin}`, {
    hint: 'Write the URL as https://host, without a user.',
  });
}
