import { type Interval, lastIn, nearestIn, nextIn } from './interval.ts';
import { byUrgency, type Job, pinned } from './job.ts';

/** A job and when its observation starts, UTC milliseconds. */
export interface Placed {
  readonly job: Job;
  readonly startMs: number;
}

/** Jobs in the order of time, without overlap of their overheads and observations. */
export type Timeline = readonly Placed[];

/** A place found for a job: before the job at `index`, starting at `startMs`. */
interface Place {
  readonly index: number;
  readonly startMs: number;
}

/** The earliest and the latest start of each job of a timeline, were the others to make way. */
interface Bounds {
  /** When the telescope is free for the first of them. */
  readonly freeFromMs: number;
  readonly earliest: readonly number[];
  readonly latest: readonly number[];
}

/**
 * Adds a job to a timeline. It takes the best free place; failing that, the others are shifted to
 * the left, to the right or both as far as the sky allows, in their order. Undefined when even so
 * there is no room.
 */
export function insert(timeline: Timeline, job: Job, freeFromMs: number): Timeline | undefined {
  const asItIs = timeline.map(({ startMs }) => startMs);
  const free = bestPlace(timeline, job, { freeFromMs, earliest: asItIs, latest: asItIs });
  if (free) return withPlace(timeline, job, free);
  const shifted = bestPlace(timeline, job, boundsOf(timeline, freeFromMs));
  return shifted && settle(withPlace(timeline, job, shifted), freeFromMs);
}

/**
 * Gives each job of a timeline its best start in their order, the most urgent choosing first. The
 * order is kept and always remains feasible.
 */
export function settle(timeline: Timeline, freeFromMs: number): Timeline {
  let settled: Timeline = timeline;
  for (const { job } of [...timeline].sort((a, b) => byUrgency(a.job, b.job))) {
    const index = settled.findIndex((placed) => placed.job.sequence.id === job.sequence.id);
    const { earliest, latest } = boundsOf(settled, freeFromMs);
    const bounds = { startMs: earliest[index] ?? 0, endMs: latest[index] ?? 0 };
    const startMs = nearestIn(job.starts, bounds, job.merit.wishMs) ?? bounds.startMs;
    settled = settled.with(index, { job: pinned(job, startMs), startMs });
  }
  return timeline.map((placed, i) => ({
    ...placed,
    startMs: settled[i]?.startMs ?? placed.startMs,
  }));
}

/** When the job at `index` could start with the others where they are, its own sky aside. */
export function room(timeline: Timeline, index: number, freeFromMs: number): Interval {
  const starts = timeline.map(({ startMs }) => startMs);
  const others = { freeFromMs, earliest: starts, latest: starts };
  const { overheadMs = 0, durationMs = 0 } = timeline[index]?.job ?? {};
  const startMs = gapStart(timeline, index, others) + overheadMs;
  return { startMs, endMs: gapEnd(timeline, index + 1, others) - durationMs };
}

function withPlace(timeline: Timeline, job: Job, place: Place): Timeline {
  return timeline.toSpliced(place.index, 0, { job, startMs: place.startMs });
}

function bestPlace(timeline: Timeline, job: Job, others: Bounds): Place | undefined {
  let best: (Place & { readonly merit: number }) | undefined;
  for (let index = 0; index <= timeline.length; index++) {
    const startMs = gapStart(timeline, index, others) + job.overheadMs;
    const endMs = gapEnd(timeline, index, others) - job.durationMs;
    if (startMs > endMs) continue;
    const found = nearestIn(job.starts, { startMs, endMs }, job.merit.wishMs);
    if (found === undefined) continue;
    const merit = job.merit.at(found);
    if (best === undefined || merit > best.merit) best = { index, startMs: found, merit };
  }
  return best;
}

/** When the job before `index` is over at the soonest. */
function gapStart(timeline: Timeline, index: number, bounds: Bounds): number {
  const before = timeline[index - 1];
  const startMs = bounds.earliest[index - 1];
  return before === undefined || startMs === undefined
    ? bounds.freeFromMs
    : startMs + before.job.durationMs;
}

/** When the overhead of the job at `index` begins at the latest. */
function gapEnd(timeline: Timeline, index: number, bounds: Bounds): number {
  const after = timeline[index];
  const startMs = bounds.latest[index];
  return after === undefined || startMs === undefined
    ? Number.POSITIVE_INFINITY
    : startMs - after.job.overheadMs;
}

function boundsOf(timeline: Timeline, freeFromMs: number): Bounds {
  const earliest: number[] = [];
  let free = freeFromMs;
  for (const { job, startMs } of timeline) {
    const start = nextIn(job.starts, free + job.overheadMs) ?? startMs;
    earliest.push(start);
    free = start + job.durationMs;
  }
  const latest: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const { job, startMs } of timeline.toReversed()) {
    const start = lastIn(job.starts, limit - job.durationMs) ?? startMs;
    latest.push(start);
    limit = start - job.overheadMs;
  }
  return { freeFromMs, earliest, latest: latest.reverse() };
}
