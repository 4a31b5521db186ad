const HOUR_MS = 3_600_000;

/** Places instants (UTC ms) on a horizontal axis of `widthPx`. */
export interface TimeScale {
  readonly startMs: number;
  readonly endMs: number;
  readonly widthPx: number;
  /** Pixels from the left; beyond the ends it goes on. */
  x(ms: number): number;
  /** The same, held within the axis. */
  clampX(ms: number): number;
}

export function timeScale(startMs: number, endMs: number, widthPx: number): TimeScale {
  const length = Math.max(1, endMs - startMs);
  const x = (ms: number) => ((ms - startMs) / length) * widthPx;
  const clampX = (ms: number) => Math.min(widthPx, Math.max(0, x(ms)));
  return { startMs, endMs, widthPx, x, clampX };
}

/** Round UTC hours to mark on the axis, far enough apart (px) to be read. */
export function hourTicks(scale: TimeScale, apartPx = 48): number[] {
  const hourPx = (scale.widthPx * HOUR_MS) / Math.max(1, scale.endMs - scale.startMs);
  const step = [1, 2, 3, 6, 12].find((hours) => hours * hourPx >= apartPx) ?? 24;
  const ticks: number[] = [];
  const stepMs = step * HOUR_MS;
  for (let at = Math.ceil(scale.startMs / stepMs) * stepMs; at <= scale.endMs; at += stepMs)
    ticks.push(at);
  return ticks;
}
