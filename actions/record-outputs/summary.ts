import type { LegRecord } from '@oci-matrix/core';
import { code, heading, renderMarkdown, table } from '@oci-matrix/github';

export const renderSummary = ({ leg, outputs }: LegRecord): string =>
  renderMarkdown(
    heading(leg),
    table(
      ['Output', 'Value'],
      Object.entries(outputs).map(([key, value]) => [key, code(value.slice(0, 200))]),
    ),
  );
