import { leastSquares } from './trend.ts';

/** What a measure did within one minute. */
interface Minute {
  /** Its first value. */
  readonly atMono: number;
  /** The mean of its values' times. */
  readonly middleMono: number;
  readonly mean: number;
  readonly most: number;
  readonly count: number;
}

/** A measure minute by minute, oldest first: short enough to be kept with the verdict. */
export type RecentValues = readonly Minute[];

const MINUTE_MS = 60_000;
/** The pressure's trend needs this, unless its window is shorter. */
const LEAST_SPAN_MS = 600_000;

/** Adds a value and forgets what is older than the window. */
export function withValue(
  recent: RecentValues,
  { value, atMono }: { value: number; atMono: number },
  windowMs: number,
): RecentValues {
  const last = recent.at(-1);
  const kept = recent.filter((minute) => atMono - minute.atMono < windowMs + MINUTE_MS);
  if (!last || atMono - last.atMono >= MINUTE_MS) {
    return [...kept, { atMono, middleMono: atMono, mean: value, most: value, count: 1 }];
  }
  const count = last.count + 1;
  const mean = last.mean + (value - last.mean) / count;
  const middleMono = last.middleMono + (atMono - last.middleMono) / count;
  const most = Math.max(last.most, value);
  return [...kept.slice(0, -1), { ...last, middleMono, mean, most, count }];
}

/** The greatest value of the window; null when there is none. */
export function greatest(recent: RecentValues, sinceMono: number): number | null {
  const within = recent.filter(({ atMono }) => atMono + MINUTE_MS > sinceMono);
  return within.length === 0 ? null : Math.max(...within.map(({ most }) => most));
}

/** Change an hour by least squares; null while less than ten minutes are known. */
export function changePerHour(recent: RecentValues, sinceMono: number): number | null {
  const points = recent
    .filter(({ atMono }) => atMono + MINUTE_MS > sinceMono)
    .map(({ middleMono, mean }) => ({ atMs: middleMono, value: mean }));
  const span = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
  if (span < LEAST_SPAN_MS) return null;
  const trend = leastSquares(points);
  return trend === null ? null : trend.slope * 3600;
}
