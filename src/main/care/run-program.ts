import { spawn, spawnSync } from 'node:child_process';
import { PyrosError } from '#platform';
import { CHECKOUT } from '../run-settings.ts';

/** Runs a program in the checkout, on this terminal; gives its exit code. */
export function runProgram(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { cwd: CHECKOUT, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new PyrosError('PROCESS_FAILED', `${program} cannot be started.`, { cause })),
    );
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** What a program says, in the checkout; null when it fails or is not there. */
export function said(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { cwd: CHECKOUT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
