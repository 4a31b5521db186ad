const HOUR_MS = 3_600_000;
const LONGEST_PAUSE_SECONDS = 30;

/** What to do with a process that died. */
export type Verdict =
  | { readonly restart: false }
  | { readonly restart: true; readonly pauseSeconds: number };

/**
 * Decides on a restart: at once the first time, for a dead guardian or Majordome costs the night;
 * then after 0.5, 1, 2 … 30 s, until `budget` restarts were spent within the last hour.
 * `restartsMs` are the instants of those before, on the same scale as `nowMs`.
 */
export function decideRestart(
  restartsMs: readonly number[],
  nowMs: number,
  budget: number,
): Verdict {
  const recent = recentRestarts(restartsMs, nowMs).length;
  if (recent >= budget) return { restart: false };
  const pauseSeconds = recent === 0 ? 0 : Math.min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** recent);
  return { restart: true, pauseSeconds };
}

/** Those that still count. */
export function recentRestarts(restartsMs: readonly number[], nowMs: number): readonly number[] {
  return restartsMs.filter((at) => nowMs - at < HOUR_MS);
}
