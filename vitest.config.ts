import { defineConfig } from 'vitest/config';

/** node:sqlite announces itself on every start. */
const execArgv = ['--disable-warning=ExperimentalWarning'];

/**
 * Two suites. `unit` stands beside its subjects: memory only, nothing sleeps, so files share a
 * worker. `system` runs processes, servers and a browser: one file at a time, with patience.
 */
export default defineConfig({
  test: {
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          pool: 'threads',
          maxWorkers: 2,
          isolate: false,
          testTimeout: 60_000,
          execArgv,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
          execArgv,
        },
      },
    ],
  },
});
