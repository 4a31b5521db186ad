import { describe, expect, test } from 'vitest';
import { purityBreaches } from './purity-rules.ts';
import { readSourceFile } from './source-file.ts';

const aliases = {
  '#platform': './src/platform/index.ts',
  '#db': './src/db/index.ts',
  '#request': './src/request/index.ts',
};

function rules(path: string, line: string): string[] {
  return purityBreaches(readSourceFile(path, line), aliases).map((breach) => breach.rule);
}

describe('a pure file', () => {
  const path = 'src/planning/planner.ts';

  test.each([
    "import { readFileSync } from 'node:fs';",
    "import { pino } from 'pino';",
    "import { fastify } from 'fastify';",
    "import { EntityManager } from '@mikro-orm/core';",
    "import { Database } from '#db';",
    "import { ScheduleStore } from './schedule-store.ts';",
    "export * from './scheduler-agent.ts';",
  ])('may not hold %s', (line) => {
    expect(rules(path, line)).toEqual(['purity']);
  });

  test.each([
    "import { z } from 'zod';",
    "import { PyrosError } from '#platform';",
    "import { Request } from '#request';",
    "import type { Database } from '#db';",
    "import type { Server } from 'node:http';",
    "import { merit } from './merits/altitude.ts';",
  ])('may hold %s', (line) => {
    expect(rules(path, line)).toEqual([]);
  });
});

test.each([
  'src/planning/schedule-store.ts',
  'src/planning/scheduler-agent.ts',
  'src/devices/simulators.ts',
  'src/devices/registry.ts',
  'src/devices/link/tcp-connection.ts',
  'src/unit/unit-file.ts',
  'src/main/cli.ts',
  'src/planning/planner.test.ts',
  'src/devices/dome/dome-contract.ts',
  'tools/run-checks.ts',
])('%s may touch the outside', (path) => {
  expect(rules(path, "import { readFileSync } from 'node:fs';")).toEqual([]);
});

describe('time and randomness', () => {
  const shell = 'src/planning/scheduler-agent.ts';

  test.each([
    'const a = Date.now();',
    'const a = Date.now;',
    'const a = globalThis.Date.now();',
    'const a = new Date();',
    'const a = Date();',
    'const a = performance.now();',
    'setTimeout(() => {}, 1);',
    'globalThis.setTimeout(() => {}, 1);',
    'setInterval(() => {}, 1);',
    'setImmediate(() => {});',
    'const a = Math.random();',
    'const a = crypto.randomUUID();',
    'const a = randomUUID();',
    "import { setTimeout as wait } from 'node:timers/promises';",
  ])('are not asked of the machine, as in %s', (line) => {
    expect(rules(shell, line)).toEqual(['time']);
  });

  test.each([
    'const a = new Date(0).toISOString();',
    'const a = Date.parse(text);',
    'const a = clock.now();',
    'const a = random.next();',
    'const setTimeout = 1;',
    '// Date.now()',
    "const a = 'Math.random()';",
  ])('may be computed with, as in %s', (line) => {
    expect(rules(shell, line)).toEqual([]);
  });

  test.each([
    'src/platform/real-clock.ts',
    'src/testing/harness.ts',
    'src/dashboard/web/live/feed.ts',
    'src/planning/planner.test.ts',
    'tests/night.test.ts',
    'bench/planning.ts',
  ])('may be asked in %s', (path) => {
    expect(rules(path, 'const a = Date.now();')).toEqual([]);
  });
});
