import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemFrom } from '#testing';
import { bindingKnapsacks, choose, type Knapsack } from './knapsack.ts';

function jobsOf(charges: readonly number[], accounts: readonly number[] = [0]) {
  return charges.map((charge) => ({ block: 5, starts: [[0, 20] as const], accounts, charge }));
}

function knapsackOf(charges: readonly number[], left: number): Knapsack {
  const problem = problemFrom(jobsOf(charges), { spanMs: 30, left: [left] });
  const [only] = bindingKnapsacks(problem);
  if (only === undefined) throw new Error('the account can pay for all');
  return only;
}

describe('a knapsack', () => {
  it('is there only for an account that cannot pay for all', () => {
    const jobs = jobsOf([60, 60], [0, 1]);
    const found = bindingKnapsacks(problemFrom(jobs, { spanMs: 30, left: [120, 100] }));
    expect(found.map(({ jobs: list }) => list)).toEqual([[0, 1]]);
  });

  it('holds each job once, though two of its accounts are short', () => {
    const jobs = jobsOf([60, 60], [0, 1]);
    const found = bindingKnapsacks(problemFrom(jobs, { spanMs: 30, left: [100, 100] }));
    expect(found).toHaveLength(1);
  });

  it('counts in the largest unit that fits all charges', () => {
    const { weights, capacity } = knapsackOf([60, 120, 180], 250);
    expect([[...weights], capacity]).toEqual([[1, 2, 3], 4]);
  });

  it('of an overdrawn account has no room', () => {
    expect(knapsackOf([60], -5).capacity).toBe(0);
  });

  it('never calls too much what the account can pay', () => {
    const charges = fc.array(fc.double({ min: 1, max: 5000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(charges, fc.double({ min: 0, max: 0.99, noNaN: true }), (asked, share) => {
        const left = share * asked.reduce((sum, each) => sum + each, 0);
        const { weights, capacity } = knapsackOf(asked, left);
        let [spent, units] = [0, 0];
        asked.forEach((charge, at) => {
          if (spent + charge > left) return;
          spent += charge;
          units += weights[at] ?? 0;
        });
        expect(units).toBeLessThanOrEqual(capacity);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});

describe('the choice', () => {
  it('is of the most worth that has room', () => {
    const chosen = new Uint8Array(3);
    const best = choose(knapsackOf([60, 120, 180], 240), Float64Array.of(10, 20, 29), chosen);
    expect([best, [...chosen]]).toEqual([39, [1, 0, 1]]);
  });

  it('takes nothing that is worth nothing', () => {
    const chosen = new Uint8Array(2).fill(1);
    expect(choose(knapsackOf([60, 60], 60), new Float64Array(2), chosen)).toBe(0);
    expect([...chosen]).toEqual([0, 0]);
  });
});
