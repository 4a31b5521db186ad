import fc from 'fast-check';
import {
  isAffordable,
  leftBeside,
  type Problem,
  type Tour,
  worthAt,
} from '../planning/optimiser/problem.ts';

/** For tests: a job in a few numbers; times are milliseconds, small ones. */
export interface SmallJob {
  readonly block: number;
  readonly gain?: number;
  /** When it may start: first and last start of each interval. */
  readonly starts: readonly (readonly [number, number])[];
  /** Its best start; the first one when absent. */
  readonly wish?: number;
  /** Where it lies, for the slews; all in one place when absent. */
  readonly place?: number;
  readonly accounts?: readonly number[];
  readonly charge?: number;
}

/** What all jobs share. */
export interface SmallSpan {
  readonly spanMs: number;
  /** What the accounts may spend. */
  readonly left?: readonly number[];
  /** Milliseconds for a step from one place to the next. */
  readonly slewMs?: number;
}

/** For tests: a problem made by hand. Merits fall evenly from the wish to 0.5 at the farthest start. */
export function problemFrom(
  jobs: readonly SmallJob[],
  { spanMs, left = [], slewMs = 0 }: SmallSpan,
): Problem {
  const firstStart = [0];
  for (const { starts } of jobs) firstStart.push((firstStart.at(-1) ?? 0) + starts.length);
  const flat = jobs.flatMap(({ starts }) => starts);
  const wishes = jobs.map(({ wish, starts }) => wish ?? starts[0]?.[0] ?? 0);
  const farthest = jobs.map(({ starts }, job) =>
    Math.max(1, ...starts.flat().map((ms) => Math.abs(ms - (wishes[job] ?? 0)))),
  );
  const places = jobs.map(({ place = 0 }) => place);
  return {
    n: jobs.length,
    spanMs,
    blockMs: Float64Array.from(jobs, ({ block }) => block),
    gain: Float64Array.from(jobs, ({ gain = 10 }) => gain),
    wishMs: Float64Array.from(wishes),
    firstStart: Int32Array.from(firstStart),
    startLow: Float64Array.from(flat, ([low]) => low),
    startHigh: Float64Array.from(flat, ([, high]) => high),
    meritAt: (job, ms) => 1 - (0.5 * Math.abs(ms - (wishes[job] ?? 0))) / (farthest[job] ?? 1),
    slewMs: (from, to) =>
      from < 0 ? 0 : slewMs * Math.abs((places[from] ?? 0) - (places[to] ?? 0)),
    accounts: jobs.map(({ accounts = [] }) => accounts),
    charge: Float64Array.from(jobs, ({ charge = 1 }) => charge),
    left: Float64Array.from(left),
  };
}

/** For tests: the most that any tour is worth: every job, every order, every whole millisecond. */
export function bestWorth(problem: Problem): number {
  const known = new Map<string, number>();
  const from = (tour: Tour, taken: number, readyMs: number): number => {
    const last = tour.at(-1)?.job ?? -1;
    const key = `${taken} ${last} ${readyMs}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const left = leftBeside(problem, tour);
    let best = 0;
    for (let job = 0; job < problem.n; job++) {
      if ((taken & (1 << job)) !== 0 || !isAffordable(problem, left, job)) continue;
      const soonest = readyMs + problem.slewMs(last, job);
      for (const startMs of startsOf(problem, job)) {
        const endMs = startMs + (problem.blockMs[job] ?? 0);
        if (startMs < soonest || endMs > problem.spanMs) continue;
        const rest = from([...tour, { job, startMs }], taken | (1 << job), endMs);
        best = Math.max(best, worthAt(problem, job, startMs) + rest);
      }
    }
    known.set(key, best);
    return best;
  };
  return from([], 0, 0);
}

function startsOf({ firstStart, startLow, startHigh }: Problem, job: number): number[] {
  const starts: number[] = [];
  for (let at = firstStart[job] ?? 0; at < (firstStart[job + 1] ?? 0); at++) {
    for (let ms = startLow[at] ?? 0; ms <= (startHigh[at] ?? -1); ms++) starts.push(ms);
  }
  return starts;
}

const SPAN_MS = 40;

const anyJob = fc
  .record({
    block: fc.integer({ min: 2, max: 15 }),
    gain: fc.integer({ min: 1, max: 100 }),
    from: fc.integer({ min: 0, max: SPAN_MS - 2 }),
    length: fc.integer({ min: 0, max: 20 }),
    hole: fc.integer({ min: 1, max: 6 }),
    more: fc.integer({ min: -8, max: 10 }),
    wish: fc.integer({ min: 0, max: SPAN_MS }),
    place: fc.integer({ min: 0, max: 5 }),
    accounts: fc.subarray([0, 1]),
  })
  .map(({ from, length, hole, more, ...job }): SmallJob => {
    const last = SPAN_MS - job.block;
    const second = from + length + hole;
    const starts = [[from, from + length] as const, [second, second + more] as const]
      .map(([low, high]) => [low, Math.min(high, last)] as const)
      .filter(([low, high]) => low <= high);
    return { ...job, starts, charge: job.block };
  });

/** For tests: up to five jobs in 40 ms, with slews, holes in their starts and two accounts. */
export const anyProblem = fc
  .record({
    jobs: fc.array(anyJob, { maxLength: 5 }),
    left: fc.tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: 0, max: 40 })),
    slewMs: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ jobs, left, slewMs }) => problemFrom(jobs, { spanMs: SPAN_MS, left, slewMs }));
