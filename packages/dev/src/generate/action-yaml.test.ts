import { expect, test } from 'vitest';
import { actionYaml } from './action-yaml.ts';
import { contract } from './test-contract.ts';

test('a contract is written as action.yml, hidden inputs too', () => {
  expect(actionYaml(contract, '../../dist/test.js')).toBe(`\
# Generated from contract.ts by "npm run generate".

name: Test
description: "Does: nothing."
branding:
  icon: package
  color: blue
inputs:
  image:
    description: Repository.
    required: true
  files:
    description: Files, \`a|b\`.
  mode:
    description: "How. One of: \`merge\`, \`replace\`."
    default: merge
  dry-run:
    description: Write nothing.
    default: "false"
  old:
    description: Old.
    deprecationMessage: Use image.
  matrix:
    description: M.
    default: \${{ toJSON(matrix) }}
outputs:
  digest:
    description: The digest.
runs:
  using: node24
  main: ../../dist/test.js
`);
});
