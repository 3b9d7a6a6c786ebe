import { defineAction, expression, input } from '@oci-matrix/github';

/** A contract with one of everything. For tests. */
export const contract = defineAction({
  name: 'Test',
  description: 'Does: nothing.',
  branding: { icon: 'package', color: 'blue' },
  inputs: {
    image: input.text({ description: 'Repository.', required: true }),
    files: input.lines({ description: 'Files, `a|b`.' }),
    mode: input.choice({ description: 'How.', default: 'merge' }, ['merge', 'replace']),
    'dry-run': input.boolean({ description: 'Write nothing.', default: 'false' }),
    old: input.text({ description: 'Old.', deprecated: 'Use image.' }),
    matrix: input.json({ description: 'M.', default: expression('toJSON(matrix)'), hidden: true }),
  },
  outputs: { digest: 'The digest.' },
});
