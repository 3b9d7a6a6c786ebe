/** Part of a list, and where the next part starts. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The key of the last item, when more follow. */
  readonly next: string | undefined;
}

/** Cuts the page that `n` and `last` ask for out of a sorted list (distribution-spec v1.1.1, "Listing Tags"). */
export function pageOf<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { n, isAfterLast }: { n: number; isAfterLast: (item: Item) => boolean },
): Page<Item> {
  const start = sorted.findIndex(isAfterLast);
  const rest = start < 0 ? [] : sorted.slice(start);
  const items = rest.slice(0, n);
  const last = items.at(-1);
  return { items, next: rest.length > n && last !== undefined ? keyOf(last) : undefined };
}

/** The `Link` of RFC 8288 to the next page, of the same query otherwise. */
export function nextLink(
  path: string,
  query: URLSearchParams,
  n: number,
  next: string | undefined,
): Record<string, string> {
  if (next === undefined) return {};
  const parameters = new URLSearchParams(
    [...query].filter(([key]) => key !== 'last' && key !== 'n'),
  );
  parameters.set('n', String(n));
  parameters.set('last', next);
  return { link: `<${path}?${parameters}>; rel="next"` };
}
