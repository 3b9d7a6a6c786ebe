import { parseArgs } from 'node:util';
import {
  type Auth,
  type Capabilities,
  completeCapabilities,
  type RegistryOptions,
} from '@oci-matrix/testing';

/** The command line was not understood; the message says which word of it. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
  readonly code = 'COMMAND_LINE';
}

const defaults = Object.entries(completeCapabilities());

const own = {
  help: { type: 'boolean' },
  port: { type: 'string' },
  storage: { type: 'string' },
  basic: { type: 'string' },
  bearer: { type: 'string' },
  'anonymous-pull': { type: 'boolean' },
} as const;

const ofCapabilities = Object.fromEntries(
  defaults.map(([key, value]) => [
    kebab(key),
    { type: typeof value === 'boolean' ? ('boolean' as const) : ('string' as const) },
  ]),
);

/** What the command line asks for; `undefined` where it asks for help. Throws `CommandLineError`. */
export function parseOptions(words: readonly string[]): RegistryOptions | undefined {
  const values = parseWords(words);
  if (values.help) return undefined;
  const { port, storage } = values;
  return {
    ...(typeof port === 'string' ? { port: parseNumber('port', port, 65_535) } : {}),
    ...(typeof storage === 'string' ? { storage } : {}),
    auth: parseAuth(values),
    capabilities: parseCapabilities(values),
  };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parseWords(words: readonly string[]): Values {
  try {
    const options = { ...ofCapabilities, ...own };
    return parseArgs({ args: [...words], options, allowNegative: true }).values;
  } catch (error) {
    throw new CommandLineError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function parseAuth(values: Values): Auth {
  const pull = values['anonymous-pull'] ? ({ pull: 'anonymous' } as const) : {};
  const { basic, bearer } = values;
  if (typeof basic === 'string' && typeof bearer === 'string') {
    throw new CommandLineError('--basic and --bearer exclude each other');
  }
  if (typeof basic === 'string') {
    return { kind: 'basic', ...parseCredentials('basic', basic), ...pull };
  }
  if (typeof bearer === 'string') {
    return { kind: 'bearer', ...parseCredentials('bearer', bearer), ...pull };
  }
  return { kind: 'none' };
}

function parseCredentials(name: string, text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  // The text itself stays out of the message: it may be a password.
  if (colon < 1) throw new CommandLineError(`--${name} must be username:password`);
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function parseCapabilities(values: Values): Partial<Capabilities> {
  const given = defaults.flatMap(([key]) => {
    const name = kebab(key);
    const value = values[name];
    if (value === undefined) return [];
    return [[key, typeof value === 'string' ? parseNumber(name, value) : value]];
  });
  return Object.fromEntries(given);
}

function parseNumber(name: string, text: string, limit = Number.MAX_SAFE_INTEGER): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= limit)) {
    throw new CommandLineError(`--${name} must be a number from 0 to ${limit}, not "${text}"`);
  }
  return number;
}

function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The text of `--help`. */
export function helpText(): string {
  const switches = defaults.map(([key, value]) => {
    if (typeof value === 'number') return `  --${kebab(key)} NUMBER`;
    return value ? `  --no-${kebab(key)}` : `  --${kebab(key)}`;
  });
  return [
    'Serves an OCI registry on loopback, until it is interrupted.',
    '',
    '  npm run registry -- [options]',
    '',
    '  --port NUMBER             by default a free one',
    '  --storage FOLDER          by default a temporary one',
    '  --basic USER:PASSWORD     asks for credentials',
    '  --bearer USER:PASSWORD    asks for tokens, and issues them',
    '  --anonymous-pull          lets anybody read',
    '',
    'What it can do, and how it behaves:',
    ...switches,
  ].join('\n');
}
