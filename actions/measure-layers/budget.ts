import {
  type BudgetBreach,
  checkBudget,
  MatrixError,
  type MeasuredPlatform,
  type PlatformLayersMeta,
  parseBytes,
} from '@oci-matrix/core';
import type { Inputs } from '@oci-matrix/github';
import { formatPlatform, type Platform, parsePlatform, platformKey } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

/** Limits in bytes, by the key of a platform; the one for all others has no key. */
export type Budget = ReadonlyMap<string, number>;

/** An image of one platform that takes more than it may. */
export interface PlatformBreach extends BudgetBreach {
  readonly platform: string;
}

/** Reads the lines of a budget: an amount, or `platform=amount`; each platform once. */
export function parseBudget(lines: readonly string[], input: string): Budget {
  const budget = new Map<string, number>();
  for (const line of lines) {
    const [amount = '', platform] = line.split('=').toReversed();
    const key = platform === undefined ? '' : platformKey(parsePlatform(platform));
    if (budget.has(key)) throw twice(line, input);
    budget.set(key, parseBytes(amount.trim(), input));
  }
  return budget;
}

const twice = (line: string, input: string): MatrixError =>
  new MatrixError('INPUT_INVALID', `${JSON.stringify(line)} in ${input} is a second amount`, {
    hint: 'Give one amount for all platforms, and one for each that differs.',
  });

const limitFor = (budget: Budget, platform: Platform): number | undefined =>
  budget.get(platformKey(platform)) ?? budget.get('');

/** What goes beyond the budget, platform by platform. */
export const breachesOf = (
  platforms: readonly MeasuredPlatform[],
  previous: ReadonlyMap<string, PlatformLayersMeta>,
  { maxUsage, maxGrowth }: Pick<Inputs<typeof contract>, 'maxUsage' | 'maxGrowth'>,
): PlatformBreach[] =>
  platforms.flatMap(({ platform, document }) => {
    const name = formatPlatform(platform);
    const breaches = checkBudget({
      current: document,
      previous: previous.get(name),
      maxUsage: limitFor(maxUsage, platform),
      maxGrowth: limitFor(maxGrowth, platform),
    });
    return breaches.map((breach) => ({ platform: name, ...breach }));
  });

/** A breach in one sentence. */
export const describeBreach = ({
  platform,
  limit,
  allowed,
  actual,
  over,
}: PlatformBreach): string =>
  limit === 'max-usage'
    ? `${platform} takes ${actual} bytes on the disk, ${over} more than max-usage allows (${allowed})`
    : `${platform} grows by ${actual} bytes on the disk, ${over} more than max-growth allows (${allowed})`;

/** Throws `TOO_LARGE` where there are breaches. */
export function refuseBreaches(breaches: readonly PlatformBreach[]): void {
  if (breaches.length === 0) return;
  const limits = [...new Set(breaches.map(({ limit }) => limit))].join(' and ');
  throw new MatrixError('TOO_LARGE', breaches.map(describeBreach).join('; '), {
    hint: `Look at the largest layers in the summary, or raise ${limits}.`,
  });
}
