import type { Problem } from './problem.ts';

/**
 * The night in equal cells. Cell k stands for the starts in ((k − 1)·step, k·step]; its value is the
 * most that a job is worth there. A block that starts in cell k holds at least `cells[job]` instants
 * from k on, and two blocks that do not overlap hold different instants, wherever they start exactly:
 * so whatever plan there is, it is a path over the cells, and the best path is worth at least as much.
 */
export interface Cells {
  readonly stepMs: number;
  readonly count: number;
  /** Whole cells of each block, rounded down; 0: the job is too short to be seen by this grid. */
  readonly cells: Int32Array;
  /** The candidates of cell k are `first[k]` to `first[k + 1]`. */
  readonly first: Int32Array;
  readonly job: Int32Array;
  readonly value: Float64Array;
}

const STEPS_SECONDS = [3600, 1200, 600, 300, 120, 60, 30, 20, 15, 10, 5, 2, 1];
/** Candidates at most: memory and time of one pass of the bound go with it. */
const MOST_CANDIDATES = 1_500_000;
/** Share of the blocks that rounding down may lose; the bound is loose by about as much. */
const TOLERATED_LOSS = 0.002;

/** The coarsest step that rounds little, or the finest that is affordable, milliseconds. */
export function stepFor(problem: Problem): number {
  const starts = problem.startLow.length;
  let best = 60_000;
  let least = Number.POSITIVE_INFINITY;
  for (const seconds of STEPS_SECONDS) {
    const stepMs = seconds * 1000;
    if (starts > 0 && candidatesAt(problem, stepMs) > MOST_CANDIDATES) break;
    const loss = lossAt(problem, stepMs);
    if (loss < least) [best, least] = [stepMs, loss];
    if (loss <= TOLERATED_LOSS) break;
  }
  return best;
}

function candidatesAt({ startLow, startHigh, spanMs }: Problem, stepMs: number): number {
  let sum = spanMs / stepMs;
  for (let at = 0; at < startLow.length; at++) {
    sum += 1 + ((startHigh[at] as number) - (startLow[at] as number)) / stepMs;
  }
  return sum;
}

/** The share of all blocks that is lost by rounding them down. */
function lossAt({ blockMs }: Problem, stepMs: number): number {
  let [lost, all] = [0, 0];
  for (const block of blockMs) {
    lost += block % stepMs;
    all += block;
  }
  return all > 0 ? lost / all : 0;
}

/** Lays out the candidates of a problem. */
export function cellsOf(problem: Problem, stepMs: number): Cells {
  const count = Math.floor(problem.spanMs / stepMs) + 2;
  const cells = problem.blockMs.map((block) => Math.floor(block / stepMs));
  const first = new Int32Array(count + 1);
  eachRange(problem, stepMs, ({ from, to }) => {
    for (let k = from; k <= to; k++) first[k + 1] = (first[k + 1] as number) + 1;
  });
  for (let k = 0; k < count; k++) first[k + 1] = (first[k + 1] as number) + (first[k] as number);
  const total = first[count] as number;
  const job = new Int32Array(total);
  const value = new Float64Array(total);
  const next = first.slice();
  eachRange(problem, stepMs, ({ job: index, from, to, at }) => {
    const best = bestInCells(problem, { job: index, at, stepMs });
    // A cell that the interval before has filled already holds the better of both.
    const shared = at > (problem.firstStart[index] as number) && isShared(problem, at, stepMs);
    if (shared) {
      const place = (next[from - 1] as number) - 1;
      value[place] = Math.max(value[place] as number, best(from - 1));
    }
    for (let k = from; k <= to; k++) {
      const place = next[k] as number;
      next[k] = place + 1;
      job[place] = index;
      value[place] = best(k);
    }
  });
  return { stepMs, count, cells: Int32Array.from(cells), first, job, value };
}

/** The same cells with blocks rounded to the nearest: a truer picture, which proves nothing. */
export function withNearest(cells: Cells, { blockMs }: Problem): Cells {
  const rounded = blockMs.map((block) => Math.max(1, Math.round(block / cells.stepMs)));
  return { ...cells, cells: Int32Array.from(rounded) };
}

/** The cells, from one to another, that the interval of starts `at` of a job covers. */
interface Range {
  readonly job: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Calls back with the cells of every interval of starts, of jobs that fill a cell. */
function eachRange(
  { n, firstStart, startLow, startHigh, blockMs }: Problem,
  stepMs: number,
  visit: (range: Range) => void,
): void {
  for (let job = 0; job < n; job++) {
    if ((blockMs[job] as number) < stepMs) continue;
    let after = -1;
    for (let at = firstStart[job] as number; at < (firstStart[job + 1] as number); at++) {
      const from = Math.max(after + 1, Math.ceil((startLow[at] as number) / stepMs));
      const to = Math.ceil((startHigh[at] as number) / stepMs);
      visit({ job, from, to, at });
      after = Math.max(after, to);
    }
  }
}

/** Whether an interval of starts begins in the cell where the one before it ends. */
function isShared({ startLow, startHigh }: Problem, at: number, stepMs: number): boolean {
  const end = Math.ceil((startHigh[at - 1] as number) / stepMs);
  return Math.ceil((startLow[at] as number) / stepMs) === end;
}

/** The most that a job is worth in a cell, within one interval of its starts; asked upwards. */
function bestInCells(
  problem: Problem,
  { job, at, stepMs }: { readonly job: number; readonly at: number; readonly stepMs: number },
): (k: number) => number {
  const low = problem.startLow[at] as number;
  const high = problem.startHigh[at] as number;
  const wish = problem.wishMs[job] as number;
  const gain = problem.gain[job] as number;
  let previousMs = Number.NaN;
  let previous = 0;
  return (k) => {
    const from = Math.max(low, (k - 1) * stepMs);
    const to = Math.min(high, k * stepMs);
    const before = from === previousMs ? previous : problem.meritAt(job, from);
    const after = problem.meritAt(job, to);
    [previousMs, previous] = [to, after];
    const inside = wish > from && wish < to ? problem.meritAt(job, wish) : 0;
    return gain * Math.max(before, after, inside);
  };
}
