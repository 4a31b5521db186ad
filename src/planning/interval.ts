/** A stretch of time, UTC milliseconds, both ends included. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** All of time. */
export const always: readonly Interval[] = [
  { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY },
];

/** What two ordered lists of separate intervals have in common. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) break;
    const startMs = Math.max(left.startMs, right.startMs);
    const endMs = Math.min(left.endMs, right.endMs);
    if (startMs <= endMs) common.push({ startMs, endMs });
    if (left.endMs < right.endMs) i++;
    else j++;
  }
  return common;
}

/** What is left of an ordered list of separate intervals without those of another one. */
export function subtract(from: readonly Interval[], holes: readonly Interval[]): Interval[] {
  let left = [...from];
  for (const hole of holes) {
    left = left.flatMap(({ startMs, endMs }) => {
      if (hole.endMs <= startMs || hole.startMs >= endMs) return [{ startMs, endMs }];
      const before = { startMs, endMs: hole.startMs };
      const after = { startMs: hole.endMs, endMs };
      return [before, after].filter((part) => part.endMs >= part.startMs);
    });
  }
  return left;
}

/** The intervals shortened to whole milliseconds; what then has no length is left out. */
export function inWholeMs(intervals: readonly Interval[]): Interval[] {
  const whole: Interval[] = [];
  for (const { startMs, endMs } of intervals) {
    const [first, last] = [Math.ceil(startMs), Math.floor(endMs)];
    if (first < last) whole.push({ startMs: first, endMs: last });
  }
  return whole;
}

/** Where something that lasts `lengthMs` may start to be inside one of the intervals. */
export function startsWithin(intervals: readonly Interval[], lengthMs: number): Interval[] {
  return intervals
    .filter(({ startMs, endMs }) => endMs - startMs >= lengthMs)
    .map(({ startMs, endMs }) => ({ startMs, endMs: endMs - lengthMs }));
}

/** The length of the longest interval, milliseconds; 0 when there is none. */
export function longestMs(intervals: readonly Interval[]): number {
  let longest = 0;
  for (const { startMs, endMs } of intervals) longest = Math.max(longest, endMs - startMs);
  return longest;
}

/** The first instant of the intervals at or after `ms`. */
export function nextIn(intervals: readonly Interval[], ms: number): number | undefined {
  for (const { startMs, endMs } of intervals) {
    if (endMs >= ms) return Math.max(startMs, ms);
  }
  return undefined;
}

/** The last instant of the intervals at or before `ms`. */
export function lastIn(intervals: readonly Interval[], ms: number): number | undefined {
  for (let i = intervals.length - 1; i >= 0; i--) {
    const interval = intervals[i];
    if (interval !== undefined && interval.startMs <= ms) return Math.min(interval.endMs, ms);
  }
  return undefined;
}

/** The instant of the intervals, within bounds, that is nearest to a wish; the earlier of two. */
export function nearestIn(
  intervals: readonly Interval[],
  bounds: Interval,
  wishMs: number,
): number | undefined {
  const wish = Math.min(Math.max(wishMs, bounds.startMs), bounds.endMs);
  const before = lastIn(intervals, wish);
  const after = nextIn(intervals, wish);
  const isBefore = before !== undefined && before >= bounds.startMs;
  const isAfter = after !== undefined && after <= bounds.endMs;
  if (isBefore && isAfter) return wish - before <= after - wish ? before : after;
  if (isBefore) return before;
  return isAfter ? after : undefined;
}
