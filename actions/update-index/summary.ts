import type { Published } from '@oci-matrix/core';
import { indexSummary, publishedTitle, renderMarkdown } from '@oci-matrix/github';

export const renderSummary = (published: Published): string =>
  renderMarkdown(publishedTitle(published), ...indexSummary(published));
