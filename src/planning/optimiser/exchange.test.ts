import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#platform';
import { anyProblem, problemFrom } from '#testing';
import { exchanged } from './exchange.ts';
import { filled } from './greedy.ts';
import { leftBeside } from './problem.ts';
import { isFeasible } from './settle.ts';

describe('an exchange', () => {
  it('gives tours that are possible and that the accounts can pay', () => {
    fc.assert(
      fc.property(anyProblem, fc.nat(), (problem, seed) => {
        const tour = exchanged(problem, filled(problem, []), seededRandom(seed));
        expect(isFeasible(problem, tour)).toBe(true);
        const left = leftBeside(problem, tour);
        problem.left.forEach((before, at) => {
          expect(left[at]).toBeGreaterThanOrEqual(Math.min(0, before));
        });
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('leaves the jobs that no account pays for where they are in the order', () => {
    const job = { block: 5, starts: [[0, 20] as const] };
    const problem = problemFrom([job, { ...job, accounts: [0] }, job], { spanMs: 30, left: [5] });
    const start = filled(problem, []);
    const unpaid = (jobs: typeof start) => jobs.map((each) => each.job).filter((at) => at !== 1);
    expect(unpaid(exchanged(problem, start, seededRandom(3)))).toEqual(unpaid(start));
  });

  it('comes upon a better choice of what an account pays for', () => {
    // The one of the most worth a second keeps two others from being paid.
    const job = (gain: number, charge: number) => ({
      ...{ block: 5, starts: [[0, 25] as const], accounts: [0] },
      ...{ gain, charge },
    });
    const problem = problemFrom([job(11, 6), job(10, 5), job(10, 5)], { spanMs: 30, left: [10] });
    const start = filled(problem, []);
    expect(start.map((each) => each.job)).toEqual([0]);
    const found = Array.from({ length: 40 }, (_, seed) =>
      exchanged(problem, start, seededRandom(seed)),
    );
    expect(found.some((tour) => tour.length === 2)).toBe(true);
  });
});
