import type { Report } from './event.ts';
import type { ReplyHeaders } from './transport/exchange.ts';
import { headerValues } from './transport/headers.ts';
import { printable } from './transport/printable.ts';

const pattern = /^299\s+-\s+"((?:[^"\\]|\\.)*)"/;
const maxWarnings = 100;

/** Reports the warnings of one registry, each text once: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#warnings */
export function createWarnings(registry: string, report: Report): (headers: ReplyHeaders) => void {
  const seen = new Set<string>();
  return (headers) => {
    for (const value of headerValues(headers, 'warning')) {
      const text = printable((pattern.exec(value)?.[1] ?? '').replace(/\\(.)/g, '$1'));
      if (text === '' || seen.has(text) || seen.size >= maxWarnings) continue;
      seen.add(text);
      report({ type: 'warning', registry, text });
    }
  };
}
