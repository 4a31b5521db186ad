import { lastStart, nextStart, type Placed, type Problem, type Tour, worthAt } from './problem.ts';

/** The earliest and the latest start of each job of a tour, were the others to make way. */
export interface Bounds {
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** The time before each job, and after the last, if all others made way; slews not taken off. */
  readonly openMs: Float64Array;
  /** The longest of them: nothing longer has room. */
  readonly widestMs: number;
}

/** A place for a job: before the job at `index`. */
export interface Place {
  readonly index: number;
  readonly startMs: number;
  /** What the tour gains, the moves of the others included. */
  readonly gain: number;
}

/** How far the jobs of a tour could move in their order. */
export function boundsOf(problem: Problem, tour: Tour): Bounds {
  const earliest = new Float64Array(tour.length);
  const latest = new Float64Array(tour.length);
  let readyMs = 0;
  tour.forEach(({ job, startMs }, i) => {
    const slewMs = problem.slewMs(tour[i - 1]?.job ?? -1, job);
    const start = nextStart(problem, job, readyMs + slewMs);
    earliest[i] = start < 0 ? startMs : start;
    readyMs = (earliest[i] as number) + (problem.blockMs[job] as number);
  });
  let limitMs = problem.spanMs;
  for (let i = tour.length - 1; i >= 0; i--) {
    const { job, startMs } = tour[i] as Placed;
    const next = tour[i + 1]?.job;
    const slewMs = next === undefined ? 0 : problem.slewMs(job, next);
    const start = lastStart(problem, job, limitMs - slewMs - (problem.blockMs[job] as number));
    latest[i] = start < 0 ? startMs : start;
    limitMs = latest[i] as number;
  }
  const openMs = openBetween(problem, tour, { earliest, latest });
  return { earliest, latest, openMs, widestMs: Math.max(...openMs) };
}

function openBetween(
  { blockMs, spanMs }: Problem,
  tour: Tour,
  { earliest, latest }: Pick<Bounds, 'earliest' | 'latest'>,
): Float64Array {
  const open = new Float64Array(tour.length + 1);
  let endMs = 0;
  tour.forEach(({ job }, i) => {
    open[i] = (latest[i] as number) - endMs;
    endMs = (earliest[i] as number) + (blockMs[job] as number);
  });
  open[tour.length] = spanMs - endMs;
  return open;
}

/**
 * The best place of a job in a tour: the others keep their order and are shifted to the left, to the
 * right or both, as far as their own starts allow (the guide's MOVE_LEFT, MOVE_RIGHT, MOVE_BOTH).
 * Undefined when there is none, or when the shifts cost more than the job is worth.
 */
export function bestPlace(
  problem: Problem,
  tour: Tour,
  ask: { readonly job: number; readonly bounds: Bounds },
): Place | undefined {
  const { job, bounds } = ask;
  const block = problem.blockMs[job] as number;
  if (block > bounds.widestMs) return undefined;
  let best: Place | undefined;
  for (let index = 0; index <= tour.length; index++) {
    if (block > (bounds.openMs[index] as number)) continue;
    const free = nearest(problem, job, roomAt(problem, tour, { job, index }));
    const most = nearest(problem, job, roomAt(problem, tour, { job, index, bounds }));
    for (const startMs of free === most ? [most] : [free, most]) {
      if (startMs < 0) continue;
      const worth = worthAt(problem, job, startMs);
      // The shifts of the others can only cost: what cannot win is not looked at closely.
      if (worth <= (best?.gain ?? 1e-9)) continue;
      const cost = startMs === free ? 0 : costOfShifts(problem, tour, { job, index, startMs });
      if (worth - cost > (best?.gain ?? 1e-9)) best = { index, startMs, gain: worth - cost };
    }
  }
  return best;
}

interface Room {
  readonly lowMs: number;
  readonly highMs: number;
}

/** Between the jobs at `index − 1` and `index`: as they are, or making way as far as `bounds` says. */
function roomAt(
  problem: Problem,
  tour: Tour,
  at: { readonly job: number; readonly index: number; readonly bounds?: Bounds },
): Room {
  const { job, index, bounds } = at;
  const before = tour[index - 1];
  const after = tour[index];
  const first = bounds ? (bounds.earliest[index - 1] as number) : (before?.startMs ?? 0);
  const endMs = before ? first + (problem.blockMs[before.job] as number) : 0;
  const last = bounds ? (bounds.latest[index] as number) : (after?.startMs ?? 0);
  const limitMs = after ? last - problem.slewMs(job, after.job) : problem.spanMs;
  return {
    lowMs: endMs + problem.slewMs(before?.job ?? -1, job),
    highMs: limitMs - (problem.blockMs[job] as number),
  };
}

/** The allowed start within a room that is nearest to the wish; −1 when there is none. */
export function nearest(problem: Problem, job: number, { lowMs, highMs }: Room): number {
  if (highMs < lowMs) return -1;
  const wish = Math.min(Math.max(problem.wishMs[job] as number, lowMs), highMs);
  const after = nextStart(problem, job, wish);
  const before = lastStart(problem, job, wish);
  const isAfter = after >= 0 && after <= highMs;
  const isBefore = before >= 0 && before >= lowMs;
  if (isAfter && isBefore) return after - wish < wish - before ? after : before;
  if (isAfter) return after;
  return isBefore ? before : -1;
}

interface NewJob {
  readonly job: number;
  readonly index: number;
  readonly startMs: number;
}

/** What the others lose by making way; it may be less than nothing. */
function costOfShifts(problem: Problem, tour: Tour, added: NewJob): number {
  let cost = 0;
  eachShift(problem, { ...added, tour }, ({ job, startMs }, shiftedMs) => {
    cost += worthAt(problem, job, startMs) - worthAt(problem, job, shiftedMs);
  });
  return cost;
}

/** The tour with a job in its place, the others shifted as little as possible. */
export function withJob(problem: Problem, tour: Tour, added: NewJob): Tour {
  const moved = [...tour];
  eachShift(problem, { ...added, tour }, (placed, startMs, index) => {
    moved[index] = { job: placed.job, startMs };
  });
  moved.splice(added.index, 0, { job: added.job, startMs: added.startMs });
  return moved;
}

/** Calls back for each job that has to make way, with its new start. */
function eachShift(
  problem: Problem,
  { tour, job, index, startMs }: NewJob & { readonly tour: Tour },
  visit: (placed: Placed, startMs: number, index: number) => void,
): void {
  let readyMs = startMs + (problem.blockMs[job] as number);
  let last = job;
  for (let i = index; i < tour.length; i++) {
    const placed = tour[i] as Placed;
    readyMs += problem.slewMs(last, placed.job);
    if (readyMs <= placed.startMs) break;
    const start = nextStart(problem, placed.job, readyMs);
    visit(placed, start, i);
    readyMs = start + (problem.blockMs[placed.job] as number);
    last = placed.job;
  }
  let limitMs = startMs;
  let next = job;
  for (let i = index - 1; i >= 0; i--) {
    const placed = tour[i] as Placed;
    limitMs -= problem.slewMs(placed.job, next) + (problem.blockMs[placed.job] as number);
    if (limitMs >= placed.startMs) break;
    const start = lastStart(problem, placed.job, limitMs);
    visit(placed, start, i);
    limitMs = start;
    next = placed.job;
  }
}
