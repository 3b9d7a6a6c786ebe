import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/report.ts'],
    testTimeout: 300_000,
    // GitHub's parser imports JSON without an import attribute, which plain Node refuses.
    execArgv: ['--import', './packages/testing/src/json-modules.ts'],
  },
});
