import { delimiter, dirname, join } from 'node:path';
import { runProgram } from '../care/run-program.ts';
import { CHECKOUT } from '../run-settings.ts';
import type { TestSelection } from './test-selection.ts';

/** Runs some tests on this terminal; gives the exit code, 1 when there are none. */
export async function runTests({ filters, name }: TestSelection): Promise<number> {
  // What the tests start finds this very Node first.
  process.env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const vitest = join(CHECKOUT, 'node_modules', 'vitest', 'vitest.mjs');
  const named = name === undefined ? [] : ['-t', name];
  return await runProgram(process.execPath, [vitest, 'run', ...filters, ...named]);
}
