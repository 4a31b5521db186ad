import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PyrosError } from '#platform';
import { CHECKOUT } from './run-settings.ts';

/** Runs `bench/NAME.ts` in a process of its own; gives its exit code. */
export async function runBench(name: string, rest: readonly string[]): Promise<number> {
  const folder = join(CHECKOUT, 'bench');
  const file = join(folder, `${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
    const known = readdirSync(folder).filter((one) => one.endsWith('.ts'));
    throw new PyrosError('BENCH_UNKNOWN', `There is no measurement "${name}".`, {
      remedy: `Choose one of ${known.map((one) => one.slice(0, -3)).join(', ')}.`,
    });
  }
  const child = spawn(process.execPath, [...process.execArgv, file, ...rest], { stdio: 'inherit' });
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
