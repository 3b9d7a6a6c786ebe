import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,actions,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/interop/**'],
    testTimeout: 60_000,
    // GitHub's parser imports JSON without an import attribute, which plain Node refuses.
    execArgv: ['--import', './packages/testing/src/json-modules.ts'],
  },
});
