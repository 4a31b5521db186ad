import type { Problem } from './problem.ts';

/** The jobs that one account pays for, and what it can spend, in whole units. */
export interface Knapsack {
  readonly jobs: readonly number[];
  readonly weights: Int32Array;
  readonly capacity: number;
}

/** Units of a quota at most: the time of a choice goes with it. */
const MOST_UNITS = 1000;
const UNITS_SECONDS = [300, 60, 30, 20, 10, 5, 2, 1];

/**
 * The accounts that cannot pay for all their jobs, each with the jobs whose first such account it is.
 * Charges and quotas are rounded down to the same unit: a choice that the account can pay fits its
 * knapsack whatever the unit, so that a bound that uses it stays valid.
 */
export function bindingKnapsacks(problem: Problem): readonly Knapsack[] {
  const binding = bindingAccounts(problem);
  const jobs = new Map<number, number[]>();
  for (let job = 0; job < problem.n; job++) {
    const account = (problem.accounts[job] as readonly number[]).find((at) => binding.has(at));
    if (account === undefined) continue;
    const list = jobs.get(account);
    if (list) list.push(job);
    else jobs.set(account, [job]);
  }
  return [...jobs].map(([account, list]) => knapsackOf(problem, account, list));
}

function bindingAccounts({ n, accounts, charge, left }: Problem): Set<number> {
  const asked = new Float64Array(left.length);
  for (let job = 0; job < n; job++) {
    for (const account of accounts[job] as readonly number[]) {
      asked[account] = (asked[account] as number) + (charge[job] as number);
    }
  }
  return new Set([...left.keys()].filter((at) => (asked[at] as number) > (left[at] as number)));
}

function knapsackOf(problem: Problem, account: number, jobs: readonly number[]): Knapsack {
  const left = Math.max(0, problem.left[account] as number);
  const charges = jobs.map((job) => problem.charge[job] as number);
  const whole = UNITS_SECONDS.find((unit) => charges.every((charge) => charge % unit === 0));
  const unit = Math.max(whole ?? 0, left / MOST_UNITS, 1e-6);
  return {
    jobs,
    weights: Int32Array.from(charges, (charge) => Math.floor(charge / unit)),
    capacity: Math.floor(left / unit),
  };
}

/**
 * The jobs of a knapsack whose prices add up to the most within its capacity (dynamic programming
 * over its units); marks them 1 in `chosen` and the others 0. Gives the sum of their prices.
 */
export function choose(knapsack: Knapsack, price: Float64Array, chosen: Uint8Array): number {
  const { jobs, weights, capacity } = knapsack;
  const best = new Float64Array(capacity + 1);
  const takes = new Uint8Array(jobs.length * (capacity + 1));
  jobs.forEach((job, at) => {
    const worth = price[job] as number;
    const weight = weights[at] as number;
    const row = at * (capacity + 1);
    for (let room = capacity; room >= weight && worth > 0; room--) {
      const taken = (best[room - weight] as number) + worth;
      if (taken <= (best[room] as number)) continue;
      best[room] = taken;
      takes[row + room] = 1;
    }
  });
  let room = capacity;
  for (let at = jobs.length - 1; at >= 0; at--) {
    const isTaken = takes[at * (capacity + 1) + room] as number;
    chosen[jobs[at] as number] = isTaken;
    if (isTaken === 1) room -= weights[at] as number;
  }
  return best[capacity] as number;
}
