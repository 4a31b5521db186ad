/**
 * What the optimiser works on: numbers only. Times are integer milliseconds from the start of the plan;
 * a job is an index from 0 to n − 1. "From -1" means: from where the telescope looks at the start.
 */
export interface Problem {
  readonly n: number;
  /** Nothing may last beyond it. */
  readonly spanMs: number;
  /** Setup and observation. */
  readonly blockMs: Float64Array;
  /** Worth at merit 1. */
  readonly gain: Float64Array;
  /** Its best start, whether or not it is free. */
  readonly wishMs: Float64Array;
  /** When blocks may start: the intervals of job i are `firstStart[i]` to `firstStart[i + 1]`. */
  readonly firstStart: Int32Array;
  readonly startLow: Float64Array;
  readonly startHigh: Float64Array;
  /** Merit of a start, 0.5 to 1; one rise and one fall within each interval. */
  readonly meritAt: (job: number, startMs: number) => number;
  /** From the end of one block to the start of the next at the soonest. */
  readonly slewMs: (from: number, to: number) => number;
  /** The accounts that pay for a job, and what it costs each of them. */
  readonly accounts: readonly (readonly number[])[];
  readonly charge: Float64Array;
  /** What each account may still spend. */
  readonly left: Float64Array;
}

/** A job and the start of its block. */
export interface Placed {
  readonly job: number;
  readonly startMs: number;
}

/** Jobs in the order of time. */
export type Tour = readonly Placed[];

/** The first allowed start of a job at or after an instant; −1 when there is none. */
export function nextStart(problem: Problem, job: number, ms: number): number {
  const { firstStart, startLow, startHigh } = problem;
  const end = firstStart[job + 1] as number;
  for (let at = firstStart[job] as number; at < end; at++) {
    if ((startHigh[at] as number) >= ms) return Math.max(startLow[at] as number, ms);
  }
  return -1;
}

/** The last allowed start of a job at or before an instant; −1 when there is none. */
export function lastStart(problem: Problem, job: number, ms: number): number {
  const { firstStart, startLow, startHigh } = problem;
  const first = firstStart[job] as number;
  for (let at = (firstStart[job + 1] as number) - 1; at >= first; at--) {
    if ((startLow[at] as number) <= ms) return Math.min(startHigh[at] as number, ms);
  }
  return -1;
}

/** Worth of a job at a start. */
export function worthAt(problem: Problem, job: number, startMs: number): number {
  return (problem.gain[job] as number) * problem.meritAt(job, startMs);
}

/** Worth of a tour. */
export function worthOf(problem: Problem, tour: Tour): number {
  let sum = 0;
  for (const { job, startMs } of tour) sum += worthAt(problem, job, startMs);
  return sum;
}

/** What the accounts have left beside the jobs of a tour. */
export function leftBeside(problem: Problem, tour: Tour): Float64Array {
  const left = Float64Array.from(problem.left);
  for (const { job } of tour) spend(problem, left, job);
  return left;
}

/** Whether every account of a job can pay for it. */
export function isAffordable(problem: Problem, left: Float64Array, job: number): boolean {
  const charge = problem.charge[job] as number;
  for (const account of problem.accounts[job] as readonly number[]) {
    if ((left[account] as number) < charge) return false;
  }
  return true;
}

/** Takes the charge of a job from its accounts. */
export function spend(problem: Problem, left: Float64Array, job: number): void {
  for (const account of problem.accounts[job] as readonly number[]) {
    left[account] = (left[account] as number) - (problem.charge[job] as number);
  }
}
