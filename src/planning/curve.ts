import type { Interval } from './interval.ts';

/** A quantity sampled at equal steps; between samples it is taken as straight. */
export interface Curve {
  readonly startMs: number;
  readonly stepMs: number;
  readonly values: Float64Array;
}

/** The quantity at an instant; the first or the last sample outside. NaN without samples. */
export function valueAt({ startMs, stepMs, values }: Curve, ms: number): number {
  const last = values.length - 1;
  const position = Math.min(Math.max((ms - startMs) / stepMs, 0), last);
  const index = Math.min(Math.floor(position), last - 1);
  const low = values[Math.max(index, 0)] ?? Number.NaN;
  const high = values[index + 1] ?? low;
  return low + (high - low) * (position - Math.max(index, 0));
}

/** How a margin is followed over time. */
export interface Scan {
  readonly within: readonly Interval[];
  readonly stepMs: number;
  /** At least 0 where it is well. */
  readonly marginAt: (ms: number) => number;
  /** The margin may jump: the last good sample is believed rather than a crossing between two. */
  readonly jumps?: boolean;
}

/** The stretches where the margin is at least 0, their ends in whole milliseconds inside. */
export function stretchesWhere(scan: Scan): Interval[] {
  return scan.within.flatMap((interval) => stretchesOf(interval, scan));
}

function stretchesOf(within: Interval, scan: Scan): Interval[] {
  const found: Interval[] = [];
  let open: number | undefined;
  let previous = { ms: within.startMs, margin: scan.marginAt(within.startMs) };
  if (previous.margin >= 0) open = previous.ms;
  while (previous.ms < within.endMs) {
    const ms = Math.min(previous.ms + scan.stepMs, within.endMs);
    const current = { ms, margin: scan.marginAt(ms) };
    if (open === undefined && current.margin >= 0) {
      open = scan.jumps === true ? ms : Math.ceil(crossing(previous, current));
    } else if (open !== undefined && current.margin < 0) {
      const endMs = scan.jumps === true ? previous.ms : Math.floor(crossing(previous, current));
      found.push({ startMs: open, endMs });
      open = undefined;
    }
    previous = current;
  }
  if (open !== undefined) found.push({ startMs: open, endMs: within.endMs });
  return found;
}

interface Sample {
  readonly ms: number;
  readonly margin: number;
}

function crossing(a: Sample, b: Sample): number {
  return a.ms + ((b.ms - a.ms) * a.margin) / (a.margin - b.margin);
}

/** The greatest value over the intervals, and when; nothing when there is no interval. */
export function highest(
  quantityAt: (ms: number) => number,
  within: readonly Interval[],
  stepMs: number,
): { readonly ms: number; readonly value: number } | undefined {
  let best: { ms: number; value: number } | undefined;
  for (const { startMs, endMs } of within) {
    for (let ms = startMs; ; ms = Math.min(ms + stepMs, endMs)) {
      const value = quantityAt(ms);
      if (best === undefined || value > best.value) best = { ms, value };
      if (ms >= endMs) break;
    }
  }
  return best;
}
