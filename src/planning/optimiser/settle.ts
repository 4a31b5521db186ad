import { type Bounds, boundsOf, nearest } from './insertion.ts';
import { lastStart, nextStart, type Placed, type Problem, type Tour, worthAt } from './problem.ts';

/** Passes over a tour at most; most settle in two. */
const PASSES = 6;
/** Places tried for jobs that touch each other and must move together. */
const TRIES = 16;

/**
 * Gives each job of a tour a better start, in the same order: jobs with room about them go to the
 * allowed start nearest to their wish, and jobs that touch each other move together where that is
 * worth more. The worth never falls.
 */
export function settle(problem: Problem, tour: Tour): Tour {
  let settled = [...tour];
  for (let pass = 0; pass < PASSES; pass++) {
    const before = settled.map(({ startMs }) => startMs);
    for (let i = 0; i < settled.length; i++) moveOne(problem, settled, i);
    settled = movedTogether(problem, settled);
    if (settled.every(({ startMs }, i) => startMs === before[i])) break;
  }
  return settled;
}

function moveOne(problem: Problem, tour: Placed[], i: number): void {
  const { job, startMs } = tour[i] as Placed;
  const [before, after] = [tour[i - 1], tour[i + 1]];
  const lowMs = before
    ? before.startMs + (problem.blockMs[before.job] as number) + problem.slewMs(before.job, job)
    : problem.slewMs(-1, job);
  const limitMs = after ? after.startMs - problem.slewMs(job, after.job) : problem.spanMs;
  const highMs = limitMs - (problem.blockMs[job] as number);
  if (highMs < lowMs) return;
  const better = nearest(problem, job, { lowMs, highMs });
  if (better >= 0 && worthAt(problem, job, better) > worthAt(problem, job, startMs)) {
    tour[i] = { job, startMs: better };
  }
}

/** Moves each job as far as its neighbours can make way, where all of them together gain. */
function movedTogether(problem: Problem, tour: Placed[]): Placed[] {
  let moved = tour;
  let bounds = boundsOf(problem, moved);
  for (let i = 0; i < moved.length; i++) {
    const better = bestPush(problem, moved, { index: i, bounds });
    if (better === undefined) continue;
    moved = better;
    bounds = boundsOf(problem, moved);
  }
  return moved;
}

/** The best tour with one job pushed towards its wish and the others out of its way. */
function bestPush(
  problem: Problem,
  tour: Placed[],
  { index, bounds }: { readonly index: number; readonly bounds: Bounds },
): Placed[] | undefined {
  const { job, startMs } = tour[index] as Placed;
  const wish = problem.wishMs[job] as number;
  const low = bounds.earliest[index] as number;
  const high = bounds.latest[index] as number;
  const goal = Math.min(Math.max(wish, low), high);
  let best: Placed[] | undefined;
  let gain = 1e-9;
  for (let part = 1; part <= TRIES && goal !== startMs; part *= 2) {
    const target = Math.round(startMs + (goal - startMs) / part);
    const pushed = push(problem, tour, { index, startMs: target });
    if (pushed === undefined) continue;
    const more = gainOf(problem, tour, pushed);
    if (more > gain) [best, gain] = [pushed, more];
  }
  return best;
}

function gainOf(problem: Problem, tour: Tour, pushed: Tour): number {
  let gain = 0;
  tour.forEach(({ job, startMs }, i) => {
    const to = (pushed[i] as Placed).startMs;
    if (to !== startMs) gain += worthAt(problem, job, to) - worthAt(problem, job, startMs);
  });
  return gain;
}

/** A job at another start, the others shifted as far as needed; undefined when one cannot. */
function push(
  problem: Problem,
  tour: Placed[],
  { index, startMs }: { readonly index: number; readonly startMs: number },
): Placed[] | undefined {
  const { job } = tour[index] as Placed;
  const start = nextStart(problem, job, startMs);
  if (start !== startMs) return undefined;
  const pushed = [...tour];
  pushed[index] = { job, startMs };
  for (let i = index + 1; i < tour.length; i++) {
    const [before, placed] = [pushed[i - 1] as Placed, tour[i] as Placed];
    const slewMs = problem.slewMs(before.job, placed.job);
    const readyMs = before.startMs + (problem.blockMs[before.job] as number) + slewMs;
    if (readyMs <= placed.startMs) break;
    const next = nextStart(problem, placed.job, readyMs);
    if (next < 0) return undefined;
    pushed[i] = { job: placed.job, startMs: next };
  }
  for (let i = index - 1; i >= 0; i--) {
    const [placed, after] = [tour[i] as Placed, pushed[i + 1] as Placed];
    const slewMs = problem.slewMs(placed.job, after.job);
    const limitMs = after.startMs - slewMs - (problem.blockMs[placed.job] as number);
    if (limitMs >= placed.startMs) break;
    const last = lastStart(problem, placed.job, limitMs);
    if (last < 0) return undefined;
    pushed[i] = { job: placed.job, startMs: last };
  }
  return pushed;
}

/** Whether nothing overlaps, slews included, and all is over in time. */
export function isFeasible(problem: Problem, tour: Tour): boolean {
  let readyMs = 0;
  let last = -1;
  for (const { job, startMs } of tour) {
    if (startMs < readyMs + problem.slewMs(last, job)) return false;
    if (nextStart(problem, job, startMs) !== startMs) return false;
    readyMs = startMs + (problem.blockMs[job] as number);
    last = job;
  }
  return readyMs <= problem.spanMs;
}
