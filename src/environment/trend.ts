/** One value at one moment, ms of any one clock. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** A straight line through points. */
export interface Trend {
  /** Per second. */
  readonly slope: number;
  /** Standard error of the slope, per second. */
  readonly slopeError: number;
  /** Its value at the last point. */
  readonly value: number;
  readonly lastMs: number;
}

/** The line of least squares; null for fewer than three points or points of one moment. */
export function leastSquares(points: readonly Point[]): Trend | null {
  const n = points.length;
  const lastMs = Math.max(...points.map(({ atMs }) => atMs));
  const times = points.map(({ atMs }) => (atMs - lastMs) / 1000);
  const meanTime = times.reduce((a, b) => a + b, 0) / n;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / n;
  const spread = times.reduce((sum, t) => sum + (t - meanTime) ** 2, 0);
  if (n < 3 || spread === 0) return null;
  const slope =
    points.reduce((sum, { value }, i) => sum + ((times[i] ?? 0) - meanTime) * (value - mean), 0) /
    spread;
  const residual = points.reduce(
    (sum, { value }, i) => sum + (value - mean - slope * ((times[i] ?? 0) - meanTime)) ** 2,
    0,
  );
  const slopeError = Math.sqrt(residual / (n - 2) / spread);
  return { slope, slopeError, value: mean - slope * meanTime, lastMs };
}

/** A trend that is not twice its own error is noise. */
const SURE = 2;
/** Nobody believes a straight line for longer than this, seconds. */
const FAR_SECONDS = 3600;
/** Shorter stretches tell nothing, ms. */
const LEAST_SPAN_MS = 240_000;

/**
 * In how many seconds from `nowMs` the trend of the points reaches a limit; 0 when the last point is
 * there, null when it will not within an hour or nobody can tell.
 */
export function secondsToLimit(
  points: readonly Point[],
  limit: { readonly bad: 'above' | 'below'; readonly limit: number },
  nowMs: number,
): number | null {
  const last = points.at(-1);
  if (!last) return null;
  const sign = limit.bad === 'above' ? 1 : -1;
  if (sign * (last.value - limit.limit) > 0) return 0;
  const first = points[0] ?? last;
  const trend = last.atMs - first.atMs < LEAST_SPAN_MS ? null : leastSquares(points);
  if (!trend || sign * trend.slope <= SURE * trend.slopeError) return null;
  const fromLast = (limit.limit - trend.value) / trend.slope;
  const seconds = Math.max(0, fromLast - (nowMs - trend.lastMs) / 1000);
  return seconds > FAR_SECONDS ? null : seconds;
}
