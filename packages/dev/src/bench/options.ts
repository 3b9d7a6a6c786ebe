import { parseArgs } from 'node:util';
import { CommandLineError } from '../registry/options.ts';

export const caseNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type CaseName = (typeof caseNames)[number];

export const serverNames = ['docker-registry', 'distribution', 'olareg', 'embedded'] as const;
export type ServerName = (typeof serverNames)[number];

export interface BenchOptions {
  readonly cases: readonly CaseName[];
  /** In ms, added to every request. */
  readonly latencies: readonly number[];
  /** How often everything but the largest blob is measured. */
  readonly repeat: number;
  /** Undefined for those that are installed. */
  readonly servers: readonly ServerName[] | undefined;
  /** The large blobs are small. */
  readonly quick: boolean;
}

const maxLatency = 10_000;
const maxRepeat = 1000;

/** The text of `--help`. */
export const helpText = `npm run bench [-- options]

Measures the built actions and the peers that are installed (crane, oras, regctl, skopeo) at the same work,
through a proxy that counts requests and delays them. Writes bench/RESULTS.md.

  --case a,b         some of the cases only:
    a                8 layers of 1 MiB and a config, all new
    b                all there already
    c                all there in another repository of the registry
    d                28 manifests of 15 small files each, and their index
    e                one blob of 1 GiB
    f                one blob of 4 GiB
    g                layers of 256 MiB and of 2 GiB, measured, beside gzip and zstd with sha256sum;
                     without a registry
  --latency 0,30     ms that every request waits (0,30); e and f are always measured at 0
  --repeat N         how often each thing is measured, except for f, which is once (5)
  --registry NAME    of ${serverNames.join(', ')}; may be repeated
                     (one without single POST and one with it, of those that are installed)
  --quick            e has 64 MiB, f has 256 MiB; g has 32 MiB and 256 MiB`;

/** What the command line asks for; `undefined` where it asks for help. Throws `CommandLineError`. */
export function parseOptions(words: readonly string[]): BenchOptions | undefined {
  const values = parseWords(words);
  if (values.help) return undefined;
  const given = (values.registry ?? []).flatMap((text) => text.split(','));
  return {
    cases: values.case === undefined ? caseNames : membersOf('case', values.case, caseNames),
    latencies: listOf(values.latency).map((text) => parseNumber('latency', text, 0, maxLatency)),
    repeat: parseNumber('repeat', values.repeat, 1, maxRepeat),
    servers: given.length === 0 ? undefined : membersOf('registry', given.join(), serverNames),
    quick: values.quick,
  };
}

function parseWords(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        case: { type: 'string' },
        latency: { type: 'string', default: '0,30' },
        repeat: { type: 'string', default: '5' },
        registry: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandLineError(message, { cause: error });
  }
}

const listOf = (text: string): string[] => [...new Set(text.split(',').map((item) => item.trim()))];

/** Those that are named, in the order in which they are known. */
function membersOf<T extends string>(option: string, text: string, known: readonly T[]): T[] {
  const named: readonly string[] = listOf(text);
  const unknown = named.find((name) => !known.some((member) => member === name));
  if (unknown !== undefined) {
    throw new CommandLineError(
      `--${option} must be some of ${known.join(', ')}, not ${JSON.stringify(unknown)}`,
    );
  }
  return known.filter((member) => named.includes(member));
}

function parseNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new CommandLineError(
    `--${option} must be a number from ${least} to ${most}, not ${JSON.stringify(text)}`,
  );
}
