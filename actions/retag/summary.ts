import type { Retagged } from '@oci-matrix/core';
import { code, heading, type Inputs, line, renderMarkdown, table } from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

export const renderSummary = (
  { image, source, dryRun }: Inputs<typeof contract>,
  { descriptor, tags }: Retagged,
): string =>
  renderMarkdown(
    heading(`${formatReference(image)}${dryRun ? ' (dry run)' : ''}`),
    line(code(source), ' is ', code(descriptor.digest), '.'),
    table(
      ['Tag', 'Was', ''],
      tags.map(({ tag, previous, moved }) => [
        code(tag),
        previous === undefined ? 'not there' : code(previous),
        moved ? (dryRun ? 'would move' : 'moved') : 'stays',
      ]),
    ),
  );
