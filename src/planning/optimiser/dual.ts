import type { Cells } from './cells.ts';
import { bindingKnapsacks, choose, type Knapsack } from './knapsack.ts';
import type { Problem } from './problem.ts';

/**
 * Prices that prove how good a plan can be at most. Every job gets a price for being observed and
 * every account one for a second of its quota; at these prices the best path through the cells, where
 * a job may be taken as often as one likes, is found exactly by going backwards through the night. Its
 * value plus all prices is worth at least as much as any plan (Lagrangian relaxation; the interval
 * structure makes it as strong as the linear programme of window-slot planners). Subgradient steps
 * lower it.
 */
export interface Dual {
  /** No plan is worth more. */
  bound: number;
  /** Of the best bound: what a job, or a unit of charge of an account, is worth beyond its time. */
  readonly price: Float64Array;
  readonly accountPrice: Float64Array;
  /** Of the best bound: what the night is still worth from each cell on, prices paid. */
  readonly toGo: Float64Array;
}

/** What the steps of the dual need to remember. */
interface Descent {
  readonly problem: Problem;
  readonly cells: Cells;
  readonly dual: Dual;
  readonly price: Float64Array;
  readonly accountPrice: Float64Array;
  /** 1 for the jobs that the price side chooses: all of them, or those that fill the quotas best. */
  readonly chosen: Uint8Array;
  /** Once quotas are filled exactly and not by price: see `tighten`. */
  knapsacks: readonly Knapsack[];
  /** What a job costs at the prices. */
  readonly toll: Float64Array;
  readonly toGo: Float64Array;
  readonly choice: Int32Array;
  readonly taken: Int32Array;
  readonly spent: Float64Array;
  /** The direction of the steps: the mean of the last subgradients. */
  readonly trend: Float64Array;
  readonly accountTrend: Float64Array;
  /** Share of the step that Polyak's rule asks for. */
  factor: number;
  /** Worth of the jobs too short for the grid: they are given away. */
  readonly free: number;
  /** Makes a unit of charge as large as a job. */
  readonly chargeScale: number;
}

/** Iterations without a better bound after which the steps are made shorter. */
const PATIENCE = 10;
const SMOOTHING = 0.2;
/** Nobody needs the bound closer than this share of it. */
const CLOSE_ENOUGH = 1e-5;

/** Starts at the prices that would be right if every minute of the night were worth the same. */
export function openDual(problem: Problem, cells: Cells): Descent {
  const { n } = problem;
  const price = new Float64Array(n);
  const minute = worthOfTime(problem);
  let free = 0;
  let charges = 0;
  for (let job = 0; job < n; job++) {
    const gain = problem.gain[job] as number;
    charges += problem.charge[job] as number;
    if ((cells.cells[job] as number) === 0) free += hasStart(problem, job) ? gain : 0;
    else price[job] = Math.max(0, 0.97 * gain - minute * (problem.blockMs[job] as number));
  }
  const accounts = problem.left.length;
  const accountPrice = new Float64Array(accounts);
  const dual: Dual = {
    bound: Number.POSITIVE_INFINITY,
    price: price.slice(),
    accountPrice: accountPrice.slice(),
    toGo: new Float64Array(cells.count + 1),
  };
  return {
    problem,
    cells,
    dual,
    price,
    accountPrice,
    chosen: new Uint8Array(n).fill(1),
    knapsacks: [],
    toll: new Float64Array(n),
    toGo: new Float64Array(cells.count + 1),
    choice: new Int32Array(cells.count),
    taken: new Int32Array(n),
    spent: new Float64Array(accounts),
    trend: new Float64Array(n).fill(Number.NaN),
    accountTrend: new Float64Array(accounts).fill(Number.NaN),
    factor: 0.5,
    free,
    chargeScale: n / Math.max(1e-9, charges),
  };
}

function hasStart({ firstStart }: Problem, job: number): boolean {
  return (firstStart[job + 1] as number) > (firstStart[job] as number);
}

/** The worth of a millisecond at which the best jobs just fill the night. */
function worthOfTime(problem: Problem): number {
  const { gain, blockMs, n } = problem;
  const order = Array.from({ length: n }, (_, job) => job).filter((job) => hasStart(problem, job));
  const density = (job: number) => (gain[job] as number) / (blockMs[job] as number);
  order.sort((a, b) => density(b) - density(a) || a - b);
  let used = 0;
  for (const job of order) {
    used += blockMs[job] as number;
    if (used >= problem.spanMs) return density(job);
  }
  return 0;
}

/** Makes some steps towards a value that plans are taken to reach when the best bound is this one. */
export function descend(
  descent: Descent,
  iterations: number,
  reach: (bound: number) => number,
): void {
  let waited = 0;
  for (let i = 0; i < iterations; i++) {
    const value = evaluate(descent);
    if (value < descent.dual.bound) {
      if (value < descent.dual.bound - 1e-4 * Math.abs(value)) waited = 0;
      else waited++;
      keep(descent, value);
    } else waited++;
    if (waited > PATIENCE) {
      descent.factor *= 0.6;
      waited = 0;
      goBack(descent);
      continue;
    }
    const known = reach(descent.dual.bound);
    if (descent.dual.bound - known <= CLOSE_ENOUGH * descent.dual.bound || descent.factor < 1e-5)
      break;
    if (!step(descent, descent.factor * (value - known))) break;
  }
}

/** A descent over other cells that goes on from the best prices of one. */
export function continued(descent: Descent, cells: Cells): Descent {
  const next = openDual(descent.problem, cells);
  next.price.set(descent.dual.price);
  next.accountPrice.set(descent.dual.accountPrice);
  next.knapsacks = descent.knapsacks;
  return next;
}

/**
 * From here on quotas are filled exactly: of the jobs that an account pays for, those whose prices add
 * up to the most within the quota count, instead of all of them and the quota at a price for each
 * second (Lagrangian decomposition). Where few jobs share a quota that is a good deal tighter.
 */
export function tighten(descent: Descent): boolean {
  const { problem, price, accountPrice, dual } = descent;
  const knapsacks = bindingKnapsacks(problem);
  if (knapsacks.length === 0) return false;
  goBack(descent);
  for (let job = 0; job < problem.n; job++) {
    for (const account of problem.accounts[job] as readonly number[]) {
      const second = accountPrice[account] as number;
      price[job] = (price[job] as number) + second * (problem.charge[job] as number);
    }
  }
  accountPrice.fill(0);
  descent.knapsacks = knapsacks;
  descent.factor = 0.5;
  dual.price.set(price);
  dual.accountPrice.fill(0);
  return true;
}

/** To the best prices so far, with no memory of the way that led astray. */
function goBack({ dual, price, accountPrice, trend, accountTrend }: Descent): void {
  price.set(dual.price);
  accountPrice.set(dual.accountPrice);
  trend.fill(Number.NaN);
  accountTrend.fill(Number.NaN);
}

function keep({ dual, price, accountPrice, toGo }: Descent, value: number): void {
  dual.bound = value;
  dual.price.set(price);
  dual.accountPrice.set(accountPrice);
  dual.toGo.set(toGo);
}

/** The value of the relaxed problem at the prices; leaves the path in `taken` and `spent`. */
function evaluate(descent: Descent): number {
  const { problem, price, accountPrice, toll } = descent;
  let sum = descent.free;
  for (let job = 0; job < problem.n; job++) {
    let cost = price[job] as number;
    for (const account of problem.accounts[job] as readonly number[]) {
      cost += (accountPrice[account] as number) * (problem.charge[job] as number);
    }
    toll[job] = cost;
  }
  for (let account = 0; account < accountPrice.length; account++) {
    sum += (accountPrice[account] as number) * Math.max(0, problem.left[account] as number);
  }
  for (const knapsack of descent.knapsacks) sum += choose(knapsack, price, descent.chosen);
  sum += pricesOutside(descent);
  sweep(descent);
  follow(descent);
  return sum + (descent.toGo[0] as number);
}

/** The prices of the jobs that no knapsack holds: each of them counts. */
function pricesOutside({ price, knapsacks }: Descent): number {
  let sum = 0;
  for (const each of price) sum += each;
  for (const { jobs } of knapsacks) for (const job of jobs) sum -= price[job] as number;
  return sum;
}

/** From the end of the night to its start: the best that is left from each cell on. */
function sweep({ cells, toll, toGo, choice }: Descent): void {
  const { count, first, job, value, cells: length } = cells;
  toGo[count] = 0;
  for (let k = count - 1; k >= 0; k--) {
    let best = toGo[k + 1] as number;
    let chosen = -1;
    const end = first[k + 1] as number;
    for (let at = first[k] as number; at < end; at++) {
      const index = job[at] as number;
      const after = Math.min(count, k + (length[index] as number));
      const worth = (value[at] as number) - (toll[index] as number) + (toGo[after] as number);
      if (worth > best) {
        best = worth;
        chosen = at;
      }
    }
    toGo[k] = best;
    choice[k] = chosen;
  }
}

function follow({ problem, cells, choice, taken, spent }: Descent): void {
  taken.fill(0);
  spent.fill(0);
  for (let k = 0; k < cells.count; ) {
    const chosen = choice[k] as number;
    if (chosen < 0) {
      k++;
      continue;
    }
    const job = cells.job[chosen] as number;
    taken[job] = (taken[job] as number) + 1;
    for (const account of problem.accounts[job] as readonly number[]) {
      spent[account] = (spent[account] as number) + (problem.charge[job] as number);
    }
    k += cells.cells[job] as number;
  }
}

/** One step down; false when no price can move. */
function step(descent: Descent, distance: number): boolean {
  const { price, trend, taken, chosen, accountPrice, accountTrend } = descent;
  const { spent, problem, chargeScale } = descent;
  let norm = 0;
  for (let job = 0; job < price.length; job++) {
    const slope = (chosen[job] as number) - (taken[job] as number);
    const mean = smooth(trend[job] as number, slope);
    trend[job] = mean;
    if (mean < 0 || (price[job] as number) > 0) norm += mean * mean;
  }
  for (let account = 0; account < accountPrice.length; account++) {
    const slope =
      (Math.max(0, problem.left[account] as number) - (spent[account] as number)) * chargeScale;
    const mean = smooth(accountTrend[account] as number, slope);
    accountTrend[account] = mean;
    if (mean < 0 || (accountPrice[account] as number) > 0) norm += mean * mean;
  }
  if (norm === 0) return false;
  const length = distance / norm;
  for (let job = 0; job < price.length; job++) {
    price[job] = Math.max(0, (price[job] as number) - length * (trend[job] as number));
  }
  for (let account = 0; account < accountPrice.length; account++) {
    const move = length * (accountTrend[account] as number) * chargeScale;
    accountPrice[account] = Math.max(0, (accountPrice[account] as number) - move);
  }
  return true;
}

function smooth(trend: number, slope: number): number {
  return Number.isNaN(trend) ? slope : SMOOTHING * slope + (1 - SMOOTHING) * trend;
}

export type { Descent };
