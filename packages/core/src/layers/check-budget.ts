import type { PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { layersTotal } from './layers-total.ts';

export interface CheckBudgetOptions {
  readonly current: PlatformLayersMeta;
  readonly previous?: PlatformLayersMeta | undefined;
  /** On the disk, in bytes. */
  readonly maxUsage?: number | undefined;
  /** Over the previous image, on the disk, in bytes. Means nothing without one. */
  readonly maxGrowth?: number | undefined;
}

/** A limit that an image goes beyond. */
export interface BudgetBreach {
  readonly limit: 'max-usage' | 'max-growth';
  /** All in bytes. */
  readonly allowed: number;
  readonly actual: number;
  readonly over: number;
}

/** The limits that an image goes beyond; what is equal to its limit keeps it. */
export function checkBudget(options: CheckBudgetOptions): BudgetBreach[] {
  const { current, previous, maxUsage, maxGrowth } = options;
  const { usage } = layersTotal(current);
  const growth = previous === undefined ? undefined : usage - layersTotal(previous).usage;
  return [...breach('max-usage', maxUsage, usage), ...breach('max-growth', maxGrowth, growth)];
}

const breach = (
  limit: BudgetBreach['limit'],
  allowed: number | undefined,
  actual: number | undefined,
): BudgetBreach[] =>
  allowed === undefined || actual === undefined || actual <= allowed
    ? []
    : [{ limit, allowed, actual, over: actual - allowed }];
