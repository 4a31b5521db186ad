/**
 * Calls `tick` every `realMs` real milliseconds until the returned function is called. For chores of
 * the machine itself (looking whether a file changed); what the observatory does waits on a Clock.
 */
export function everyRealMs(realMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, realMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Resolves after `realMs` real milliseconds; 0 lets what is due be done first, and no more. */
export async function realPause(realMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    if (realMs === 0) setImmediate(resolve);
    else setTimeout(resolve, realMs);
  });
}

/** Calls `run` once after `realMs` real milliseconds; keeps no process alive. Returns how to forget it. */
export function afterRealMs(realMs: number, run: () => void): () => void {
  const timer = setTimeout(run, realMs);
  timer.unref();
  return () => clearTimeout(timer);
}

/** A stopwatch that was just started: gives the real milliseconds since. */
export function realStopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
