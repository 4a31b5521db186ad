import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who does not end by itself is killed after this. */
const END_MS = 10_000;

/** Starts a module of ours in a process of its own, which ends with us. */
export function forkModule(module: string, words: readonly string[]): ChildProcess {
  return fork(module, words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** The next message of a child; rejects when it ends instead, or says nothing for so long. */
export async function nextMessage<T>(child: ChildProcess, ms: number): Promise<T> {
  const message = Promise.withResolvers<T>();
  const heard = (value: unknown) => message.resolve(value as T);
  const ended = () => message.reject(new Error(`${child.spawnargs.slice(-3).join(' ')} ended`));
  const timer = setTimeout(() => message.reject(new Error('a process says nothing')), ms);
  child.once('message', heard);
  child.once('exit', ended);
  return await message.promise.finally(() => {
    clearTimeout(timer);
    child.off('message', heard);
    child.off('exit', ended);
  });
}

/** Ends a child of ours. */
export async function endOfChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const isLate = new AbortController();
  const late = sleep(END_MS, 'late', { signal: isLate.signal }).catch(() => 'ended');
  if ((await Promise.race([exit, late])) === 'late') child.kill('SIGKILL');
  await exit;
  isLate.abort();
}
