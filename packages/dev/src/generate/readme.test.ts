import { expect, test } from 'vitest';
import { readme } from './readme.ts';
import { contract } from './test-contract.ts';

const fresh = `\
# Test

Does: nothing.

## Inputs

<!-- inputs:begin -->
| Input | What it is | Default |
| --- | --- | --- |
| \`image\` | Repository. | required |
| \`files\` | Files, \`a\\|b\`. |  |
| \`mode\` | How. One of: \`merge\`, \`replace\`. | \`merge\` |
| \`dry-run\` | Write nothing. | \`false\` |
| \`old\` | Deprecated: Use image. Old. |  |
<!-- inputs:end -->

## Outputs

<!-- outputs:begin -->
| Output | What it is |
| --- | --- |
| \`digest\` | The digest. |
<!-- outputs:end -->
`;

test('an action without a README gets one, with what users can write', () => {
  expect(readme(contract, undefined)).toBe(fresh);
});

test('only the tables of a README change', () => {
  const old = fresh
    .replace('# Test', '# Our words')
    .replace(/(<!-- inputs:begin -->)[\s\S]*(<!-- inputs:end -->)/, '$1\nold\n$2');

  expect(readme(contract, old)).toBe(fresh.replace('# Test', '# Our words'));
  expect(readme(contract, readme(contract, old))).toBe(readme(contract, old));
});

test.each([
  '# No places',
  '<!-- inputs:begin --> <!-- inputs:end -->',
  '<!-- inputs:end --> <!-- inputs:begin -->',
])('a README without both places is refused: %s', (current) => {
  expect(() => readme(contract, current)).toThrow(/^there is no <!-- (inputs|outputs):begin -->/);
});
