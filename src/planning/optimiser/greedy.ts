import { type Bounds, bestPlace, boundsOf, withJob } from './insertion.ts';
import {
  isAffordable,
  leftBeside,
  nextStart,
  type Placed,
  type Problem,
  spend,
  type Tour,
  worthAt,
  worthOf,
} from './problem.ts';

/**
 * Adds jobs to a tour one by one, those of the most worth for their time first, each at its best
 * place; the others make way. Accounts are never overdrawn.
 */
export function filled(problem: Problem, tour: Tour): Tour {
  const present = new Uint8Array(problem.n);
  for (const { job } of tour) present[job] = 1;
  const left = leftBeside(problem, tour);
  let result = tour;
  let bounds: Bounds = boundsOf(problem, result);
  for (const job of byDensity(problem)) {
    if (present[job] === 1 || !isAffordable(problem, left, job)) continue;
    const place = bestPlace(problem, result, { job, bounds });
    if (place === undefined) continue;
    result = withJob(problem, result, { job, ...place });
    bounds = boundsOf(problem, result);
    spend(problem, left, job);
  }
  return result;
}

/** The jobs that may start at all, the most worth for their time first. */
export function byDensity({ n, gain, blockMs, firstStart }: Problem): number[] {
  const jobs: number[] = [];
  for (let job = 0; job < n; job++) {
    if ((firstStart[job + 1] as number) > (firstStart[job] as number)) jobs.push(job);
  }
  const density = (job: number) => (gain[job] as number) / (blockMs[job] as number);
  return jobs.sort((a, b) => density(b) - density(a) || a - b);
}

/** A job that would start later than this after its former start looks for a place of its own. */
const LATEST_MS = 600_000;

/**
 * The better of two repairs of a former tour, filled up: one keeps its order whatever the delays, the
 * other one lets go what would be late, so that no time is lost in waiting for it.
 */
export function repairedAndFilled(problem: Problem, former: Tour): Tour {
  const inOrder = repaired(problem, former, Number.POSITIVE_INFINITY);
  const inTime = repaired(problem, former, LATEST_MS);
  const one = filled(problem, inOrder);
  if (inTime.length === inOrder.length) return one;
  const other = filled(problem, inTime);
  return worthOf(problem, other) > worthOf(problem, one) ? other : one;
}

/**
 * What is still possible of a former tour, in its order: each job as near to its former start as the
 * jobs before it allow; what cannot be paid, or would start later than tolerated, is left out.
 */
function repaired(problem: Problem, former: Tour, latestMs: number): Tour {
  const left = Float64Array.from(problem.left);
  const kept: Placed[] = [];
  let readyMs = 0;
  let last = -1;
  for (const { job, startMs } of former) {
    if (!isAffordable(problem, left, job)) continue;
    const soonest = Math.max(0, startMs, readyMs + problem.slewMs(last, job));
    const start = nextStart(problem, job, soonest);
    const endMs = start + (problem.blockMs[job] as number);
    if (start < 0 || endMs > problem.spanMs || start - startMs > latestMs) continue;
    kept.push({ job, startMs: start });
    spend(problem, left, job);
    readyMs = endMs;
    last = job;
  }
  return kept;
}

/** A job may lose this share of its worth to be done now and not later. */
const WORTH_OF_NOW = 0.02;

/**
 * A tour that leaves the telescope idle now, with jobs from later on brought forward into that time:
 * time that passes unused is lost for good, and what is done cannot be lost to clouds any more.
 */
export function advanced(problem: Problem, tour: Tour): Tour {
  let result = tour;
  for (let done = 0; done < tour.length; done++) {
    const next = withOneForward(problem, result, done);
    if (next === undefined) break;
    result = next;
  }
  return result;
}

/** The tour with the job that can start soonest put after the first `done`; undefined without one. */
function withOneForward(problem: Problem, tour: Tour, done: number): Tour | undefined {
  const [before, after] = [tour[done - 1], tour[done]];
  const readyMs = before ? before.startMs + (problem.blockMs[before.job] as number) : 0;
  let best: Placed | undefined;
  for (const { job, startMs } of tour.slice(done + 1)) {
    const soonest = nextStart(problem, job, readyMs + problem.slewMs(before?.job ?? -1, job));
    if (soonest < 0 || soonest >= (best?.startMs ?? Number.POSITIVE_INFINITY)) continue;
    const endMs = soonest + (problem.blockMs[job] as number);
    if (after === undefined || endMs + problem.slewMs(job, after.job) > after.startMs) continue;
    const loss = worthAt(problem, job, startMs) - worthAt(problem, job, soonest);
    if (loss <= WORTH_OF_NOW * (problem.gain[job] as number)) best = { job, startMs: soonest };
  }
  if (best === undefined) return undefined;
  const moved = best;
  const rest = tour.slice(done).filter(({ job }) => job !== moved.job);
  return [...tour.slice(0, done), moved, ...rest];
}

/** No tour is worth more: the most worth for the time there is, as if jobs could be cut (knapsack). */
export function simpleBound(problem: Problem): number {
  let room = problem.spanMs;
  let sum = 0;
  for (const job of byDensity(problem)) {
    const block = problem.blockMs[job] as number;
    const part = block > 0 ? Math.min(1, room / block) : 1;
    sum += part * (problem.gain[job] as number);
    room -= part * block;
    if (room <= 0) break;
  }
  return sum;
}
