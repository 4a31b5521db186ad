/**
 * Calls `tick` every `realMs` real milliseconds until the returned function is called. For chores of
 * the machine itself (looking whether a file changed); what the observatory does waits on a Clock.
 */
export function everyRealMs(realMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, realMs);
  timer.unref();
  return () => clearInterval(timer);
}
