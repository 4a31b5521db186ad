import { describe, expect, test } from 'vitest';
import { importBreaches } from './import-rules.ts';
import { readSourceFile } from './source-file.ts';

const aliases = {
  '#platform': './src/platform/index.ts',
  '#platform/*': './src/platform/*',
  '#sky': './src/sky/index.ts',
  '#agent': './src/agent/index.ts',
  '#devices': './src/devices/index.ts',
  '#request': './src/request/index.ts',
  '#alert': './src/alert/index.ts',
  '#planning': './src/planning/index.ts',
  '#execution': './src/execution/index.ts',
  '#testing': './src/testing/index.ts',
};

/** The rules that one line breaks in the file at `path`. */
function rules(path: string, line: string): string[] {
  return importBreaches(readSourceFile(path, `\n${line}\n`), aliases).map((breach) => breach.rule);
}

describe('layers', () => {
  test.each([
    ['src/planning/planner.ts', '#request'],
    ['src/planning/planner.ts', '#sky'],
    ['src/sky/sun.ts', '#platform'],
    ['src/execution/majordome-agent.ts', '#planning'],
    ['src/main/cli.ts', '#execution'],
    ['src/testing/builders.ts', '#execution'],
    ['tests/night.test.ts', '../src/execution/index.ts'],
    ['src/db/orm.ts', '#platform/log.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(rules(path, `import { a } from '${specifier}';`)).toEqual([]);
  });

  test.each([
    ['src/request/request.ts', '#planning'],
    ['src/alert/alert.ts', '#planning'],
    ['src/planning/planner.ts', '#alert'],
    ['src/devices/registry.ts', '#request'],
    ['src/platform/clock.ts', '#sky'],
  ])('%s may not import %s', (path, specifier) => {
    expect(rules(path, `import { a } from '${specifier}';`)).toEqual(['layers']);
  });

  test('hold for types, re-exports and imports at run time alike', () => {
    expect(rules('src/sky/a.ts', "import type { A } from '#planning';")).toEqual(['layers']);
    expect(rules('src/sky/a.ts', "export * from '#planning';")).toEqual(['layers']);
    expect(rules('src/sky/a.ts', "export { a } from '#planning';")).toEqual(['layers']);
    expect(rules('src/sky/a.ts', "await import('#planning');")).toEqual(['layers']);
    expect(rules('src/sky/a.ts', "type A = import('#planning').A;")).toEqual(['layers']);
  });

  test('know every folder of src', () => {
    expect(rules('src/kitchen/a.ts', "import { a } from '#sky';")).toEqual(['layers']);
  });

  test('keep the product inside src, but for its composition root', () => {
    const line = "import { a } from '../../tools/run-checks.ts';";
    expect(rules('src/sky/a.ts', line)).toEqual(['layers']);
    expect(rules('src/main/a.ts', line)).toEqual([]);
  });
});

describe('doors', () => {
  test('are the only way into another room', () => {
    expect(rules('src/planning/a.ts', "import { a } from '../sky/sun.ts';")).toEqual(['door']);
    expect(rules('src/planning/a.ts', "import { a } from '../sky/index.ts';")).toEqual([]);
  });

  test('are not used from inside the room', () => {
    expect(rules('src/sky/a.ts', "import { a } from '#sky';")).toEqual(['door']);
    expect(rules('src/sky/a.ts', "import { a } from './sun.ts';")).toEqual([]);
  });

  test('do not stop the composition root', () => {
    expect(rules('src/main/a.ts', "import { a } from '../sky/sun.ts';")).toEqual([]);
  });
});

describe('device implementations', () => {
  const driver = '../devices/dome/drivers/indi-driver.ts';
  const simulator = '../devices/dome/dome-simulator.ts';

  test.each(['src/execution/observer.ts', 'src/main/cli.ts'])('are not known to %s', (path) => {
    expect(rules(path, `import { a } from '${driver}';`)).toEqual(['devices']);
    expect(rules(path, `import { a } from '${simulator}';`)).toEqual(['devices']);
  });

  test.each(['src/devices/registry.ts', 'src/devices/simulators.ts', 'src/devices/a.test.ts'])(
    'are known to %s',
    (path) => {
      expect(rules(path, "import { a } from './dome/drivers/indi-driver.ts';")).toEqual([]);
      expect(rules(path, "import { a } from './dome/dome-simulator.ts';")).toEqual([]);
    },
  );
});

describe('agents', () => {
  test('do not know each other, even by type', () => {
    const line = "import type { A } from './observer-agent.ts';";
    expect(rules('src/execution/majordome-agent.ts', line)).toEqual(['agents']);
    expect(rules('src/execution/index.ts', line)).toEqual([]);
  });
});

describe('the web pages', () => {
  const page = 'src/dashboard/web/night/gantt.tsx';

  test.each([
    "import type { Tonight } from '../../tonight.ts';",
    "import { useState } from 'react';",
    "import { createRoot } from 'react-dom/client';",
    "import './gantt.css';",
    "import { a } from '../marks/bar.tsx';",
  ])('may hold %s', (line) => {
    expect(rules(page, line)).toEqual([]);
  });

  test.each([
    "import { tonight } from '../../tonight.ts';",
    "import { type Tonight } from '../../tonight.ts';",
    "import type { A } from '../../server.ts';",
    "import { z } from 'zod';",
    "import { readFile } from 'node:fs';",
  ])('may not hold %s', (line) => {
    expect(rules(page, line)).toEqual(['web']);
  });

  test('are imported by nobody', () => {
    const line = "import { App } from './web/app.tsx';";
    expect(rules('src/dashboard/server.ts', line)).toEqual(['web']);
  });
});

test('the tests have helpers that the product does not know', () => {
  const line = "import { a } from '#testing';";
  expect(rules('src/sky/sun.ts', line)).toEqual(['testing']);
  expect(rules('src/sky/sun.test.ts', line)).toEqual([]);
});

test('relative imports end with their extension', () => {
  expect(rules('src/sky/a.ts', "import { a } from './sun';")).toEqual(['extension']);
});

test('an alias that package.json does not know is told', () => {
  expect(rules('src/sky/a.ts', "import { a } from '#kitchen';")).toEqual(['alias']);
});

test('a breach tells its line', () => {
  const file = readSourceFile('src/sky/a.ts', "// one\n\nimport { a } from '#planning';\n");
  expect(importBreaches(file, aliases)).toMatchObject([{ path: 'src/sky/a.ts', line: 3 }]);
});
