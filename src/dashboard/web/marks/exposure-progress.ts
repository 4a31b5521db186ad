/** How far an exposure has come. */
export interface ExposureProgress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly elapsedSeconds: number;
}

/** Progress of an exposure of `seconds` begun at `startedMs`; null when none is in progress. */
export function exposureProgress(
  startedMs: number | null,
  seconds: number | null,
  nowMs: number,
): ExposureProgress | null {
  if (startedMs === null || seconds === null || seconds <= 0) return null;
  const elapsedSeconds = Math.min(seconds, Math.max(0, (nowMs - startedMs) / 1000));
  return { fraction: elapsedSeconds / seconds, elapsedSeconds };
}
