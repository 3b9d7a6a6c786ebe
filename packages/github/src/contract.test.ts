import { expectTypeOf, test } from 'vitest';
import { defineAction, type Inputs, type Outputs } from './contract.ts';
import { input } from './input.ts';

const description = 'For a test.';

const contract = defineAction({
  name: 'Test',
  description,
  inputs: {
    image: input.text({ description, required: true }),
    'media-types': input.lines({ description }),
    'artifact-type': input.text({ description }),
    concurrency: input.integer({ description, default: '4' }),
    'dry-run': input.boolean({ description }),
    mode: input.choice({ description, default: 'merge' }, ['merge', 'replace']),
    origin: input.custom({ description, required: true }, (text) => new URL(text)),
    'max-size': input.custom({ description }, Number),
  },
  outputs: { digest: 'The digest.', 'bytes-uploaded': 'How many.' },
});

test('run gets camelCase inputs, undefined only where nothing need be given', () => {
  expectTypeOf<Inputs<typeof contract>>().toEqualTypeOf<{
    readonly image: string;
    readonly mediaTypes: readonly string[];
    readonly artifactType: string | undefined;
    readonly concurrency: number;
    readonly dryRun: boolean | undefined;
    readonly mode: 'merge' | 'replace';
    readonly origin: URL;
    readonly maxSize: number | undefined;
  }>();
});

test('run returns every output by its camelCase name', () => {
  expectTypeOf<Outputs<typeof contract>>().toEqualTypeOf<{
    readonly digest: unknown;
    readonly bytesUploaded: unknown;
  }>();
});
