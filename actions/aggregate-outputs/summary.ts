import type { Records } from '@oci-matrix/core';
import { heading, legSummary, renderMarkdown } from '@oci-matrix/github';

export const renderSummary = ({ group, records, missing }: Records): string =>
  renderMarkdown(heading(`Legs of ${group}`), legSummary(records, missing));
