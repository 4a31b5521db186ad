import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProblem, bestWorth, problemFrom } from '#testing';
import { optimise } from './optimise.ts';
import { leftBeside, type Problem, type Tour, worthOf } from './problem.ts';
import { isFeasible } from './settle.ts';

const effort = { boundIterations: 60, searchRounds: 20, seed: 1, former: [] as Tour };

/** Coarse and fine cells, none of which the times of the jobs care for. */
const anyStep = fc.constantFrom(1, 2, 3, 5, 7);

function always(check: (problem: Problem, stepMs: number) => void, numRuns = 150): void {
  fc.assert(fc.property(anyProblem, anyStep, check), { numRuns, endOnFailure: true });
}

describe('the bound', () => {
  it('is never below the best tour, whatever the cells', () => {
    always((problem, stepMs) => {
      const { bound } = optimise({ ...effort, problem, stepMs });
      expect(bound).toBeGreaterThanOrEqual(bestWorth(problem) - 1e-9);
    });
  });

  it('is never below the best tour without any iteration', () => {
    always((problem) => {
      const { bound } = optimise({ ...effort, problem, boundIterations: 0 });
      expect(bound).toBeGreaterThanOrEqual(bestWorth(problem) - 1e-9);
    });
  });

  it('meets the best tour where windows decide all', () => {
    const apart = [0, 10, 20].map((ms) => ({ block: 5, starts: [[ms, ms] as const] }));
    const { worth, bound } = optimise({
      ...effort,
      problem: problemFrom(apart, { spanMs: 30 }),
      stepMs: 5,
    });
    expect(worth).toBe(30);
    expect(bound).toBeCloseTo(30, 3);
  });

  it('knows that a job can be done once only', () => {
    const problem = problemFrom([{ block: 5, starts: [[0, 25]], wish: 12 }], { spanMs: 30 });
    expect(optimise({ ...effort, problem, stepMs: 1 }).bound).toBeCloseTo(10, 1);
  });

  it('knows what an account can pay', () => {
    const jobs = [0, 1, 2, 3].map(() => ({
      block: 5,
      starts: [[0, 25] as const],
      accounts: [0],
      charge: 5,
    }));
    const problem = problemFrom(jobs, { spanMs: 30, left: [10] });
    expect(optimise({ ...effort, boundIterations: 400, problem, stepMs: 1 }).bound).toBeLessThan(
      20.5,
    );
  });
});

describe('the tour', () => {
  it('is possible: no overlap, slews, starts, and the accounts can pay', () => {
    always((problem, stepMs) => {
      const { tour } = optimise({ ...effort, problem, stepMs });
      expect(isFeasible(problem, tour)).toBe(true);
      expect(new Set(tour.map(({ job }) => job)).size).toBe(tour.length);
      const left = leftBeside(problem, tour);
      problem.left.forEach((before, account) => {
        expect(left[account]).toBeGreaterThanOrEqual(Math.min(0, before));
      });
    });
  });

  it('is worth what it says, and no more than the best one', () => {
    always((problem, stepMs) => {
      const { tour, worth } = optimise({ ...effort, problem, stepMs });
      expect(worth).toBeCloseTo(worthOf(problem, tour), 9);
      expect(worth).toBeLessThanOrEqual(bestWorth(problem) + 1e-9);
    });
  });

  it('is the best one of small problems, but for a few per cent in all', () => {
    let [found, best] = [0, 0];
    always((problem) => {
      found += optimise({ ...effort, problem, stepMs: 1 }).worth;
      best += bestWorth(problem);
    });
    expect(found).toBeGreaterThan(0.98 * best);
  });

  it('is the same for the same seed', () => {
    always((problem, stepMs) => {
      const task = { ...effort, problem, stepMs };
      expect(optimise(task)).toEqual(optimise(task));
    }, 50);
  });

  it('is the former one where nothing is clearly better', () => {
    always((problem, stepMs) => {
      const former = optimise({ ...effort, problem, stepMs });
      const again = optimise({ ...effort, problem, stepMs, former: former.tour });
      if (again.worth < 1.004 * former.worth) expect(again.tour).toEqual(former.tour);
      expect(again.worth).toBeGreaterThanOrEqual(former.worth - 1e-9);
    });
  });

  it('of no jobs is empty and worth nothing', () => {
    const problem = problemFrom([], { spanMs: 30 });
    expect(optimise({ ...effort, problem })).toEqual({ tour: [], worth: 0, bound: 0 });
  });

  it('of no time is empty', () => {
    const problem = problemFrom([{ block: 5, starts: [] }], { spanMs: 0 });
    expect(optimise({ ...effort, problem }).tour).toEqual([]);
  });
});
