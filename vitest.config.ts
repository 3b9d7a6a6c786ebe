import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,actions,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/interop/**'],
    testTimeout: 60_000,
    // Most of the time is spent in waiting for other processes, and for clocks.
    maxWorkers: Math.max(4, availableParallelism()),
    // GitHub's parser imports JSON without an import attribute, which plain Node refuses.
    execArgv: ['--import', './packages/testing/src/json-modules.ts'],
  },
});
