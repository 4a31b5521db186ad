import type { Clock } from '#platform';

/** Resolves with the task, or after so many seconds without it; its failure is swallowed. */
export async function promptly(
  clock: Clock,
  seconds: number,
  task: () => Promise<unknown>,
): Promise<boolean> {
  const over = new AbortController();
  const done = task().then(
    () => true,
    () => false,
  );
  const late = clock.sleep(clock.allow(seconds), over.signal).then(
    () => false,
    () => false,
  );
  const isDone = await Promise.race([done, late]);
  over.abort();
  return isDone;
}

/** Waits for the task no longer than the signal lasts; rejects with its reason then. */
export async function orAborted<T>(signal: AbortSignal, task: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([task, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Nobody waits for it any more: its failure is not an error of the process.
    task.catch(() => undefined);
  }
}
