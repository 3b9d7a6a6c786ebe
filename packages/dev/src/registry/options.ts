import { parseArgs } from 'node:util';
import {
  type Auth,
  type Capabilities,
  completeCapabilities,
  type RegistryOptions,
} from '@oci-matrix/testing';
import { isProfile, profiles } from './profiles.ts';

/** The command line was not understood; the message says which word of it. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
  readonly code = 'COMMAND_LINE';
}

type Capability = Capabilities[keyof Capabilities];

// Without a profile it does all that the specification has; a test's registry does what most do.
const ownDefaults: Partial<Capabilities> = { anonymousMount: true };

const defaults: readonly [string, Capability][] = Object.entries({
  ...completeCapabilities(),
  ...ownDefaults,
});

const own = {
  help: { type: 'boolean' },
  port: { type: 'string' },
  storage: { type: 'string' },
  basic: { type: 'string' },
  bearer: { type: 'string' },
  'anonymous-pull': { type: 'boolean' },
  open: { type: 'boolean' },
  profile: { type: 'string' },
  repository: { type: 'string', multiple: true },
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
  const { port, repository, storage } = values;
  const auth = parseAuth(values);
  return {
    ...(typeof port === 'string' ? { port: parseNumber('port', port, 65_535) } : {}),
    ...(typeof storage === 'string' ? { storage } : {}),
    ...(Array.isArray(repository) ? { repositories: repository.map(String) } : {}),
    ...parseProfile(values),
    ...(auth === undefined ? {} : { auth }),
    capabilities: {
      ...(values.profile === undefined ? ownDefaults : {}),
      ...parseCapabilities(values),
    },
  };
}

type Value = string | boolean;
type Values = Readonly<Record<string, Value | Value[] | undefined>>;

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

function parseProfile({ profile }: Values): Pick<RegistryOptions, 'profile'> {
  if (typeof profile !== 'string') return {};
  if (isProfile(profile)) return { profile };
  const known = Object.keys(profiles).join(', ');
  throw new CommandLineError(`--profile must be one of ${known}, not "${profile}"`);
}

/** `undefined` leaves it to the profile. */
function parseAuth(values: Values): Auth | undefined {
  const pull = values['anonymous-pull'] ? ({ pull: 'anonymous' } as const) : {};
  const { basic, bearer, open } = values;
  if ([basic, bearer, open].filter(Boolean).length > 1) {
    throw new CommandLineError('--basic, --bearer and --open exclude each other');
  }
  if (typeof basic === 'string') {
    return { kind: 'basic', ...parseCredentials('basic', basic), ...pull };
  }
  if (typeof bearer === 'string') {
    return { kind: 'bearer', ...parseCredentials('bearer', bearer), ...pull };
  }
  return open ? { kind: 'none' } : undefined;
}

function parseCredentials(name: string, text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  // The text itself stays out of the message: it may be a password.
  if (colon < 1) throw new CommandLineError(`--${name} must be username:password`);
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function parseCapabilities(values: Values): Partial<Capabilities> {
  const given = defaults
    .map(([key, usual]) => [key, parseCapability(kebab(key), values[kebab(key)], usual)])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function parseCapability(
  name: string,
  text: Values[string],
  usual: Capability,
): Capability | undefined {
  if (typeof text === 'boolean') return text;
  if (typeof text !== 'string') return undefined;
  if (typeof usual === 'number') return parseNumber(name, text);
  return typeof usual === 'string' ? text : text.split(',');
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
    if (typeof value === 'string') return `  --${kebab(key)} TEXT`;
    if (typeof value === 'object') return `  --${kebab(key)} A,B,...`;
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
    '  --open                    asks nobody, which is what it does without a profile',
    '  --repository NAME         is there from the start; may be repeated',
    '  --profile NAME            behaves like a real registry, except for what else is said:',
    ...Object.entries(profiles).map(([name, title]) => `    ${name.padEnd(14)}${title}`),
    '',
    'What it can do, and how it behaves (packages/testing/src/registry/capabilities.ts says more):',
    ...switches,
  ].join('\n');
}
