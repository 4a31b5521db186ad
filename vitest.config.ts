import { defineConfig } from 'vitest/config';

/** node:sqlite announces itself on every start. */
const execArgv = ['--disable-warning=ExperimentalWarning'];

/** Whole nights in processes, the launcher and the browser: the clock drives them more than we do. */
const NIGHTS = [
  'tests/{bad-input,kill,launcher,page,planning-phases,planning-phases-execution,virtual-night}.test.ts',
];

/** They run processes and wait for them: one file at a time, with patience. */
const patient = {
  pool: 'forks',
  fileParallelism: false,
  testTimeout: 900_000,
  hookTimeout: 900_000,
  execArgv,
} as const;

/**
 * Three suites. `unit` stands beside its subjects: memory only, nothing sleeps, so files share a
 * worker. `nights` and `servers` are the system tests: `./pyros test` runs the two side by side.
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
          setupFiles: ['tools/property-seed.ts'],
          pool: 'threads',
          maxWorkers: 2,
          isolate: false,
          testTimeout: 60_000,
          execArgv,
        },
      },
      {
        test: {
          name: 'nights',
          include: NIGHTS,
          ...patient,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['tests/**/*.test.ts'],
          exclude: NIGHTS,
          ...patient,
        },
      },
    ],
  },
});
