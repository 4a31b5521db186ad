import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProblem, bestWorth, problemFrom } from '#testing';
import { advanced, byDensity, filled, repairedAndFilled, simpleBound } from './greedy.ts';
import { leftBeside, worthOf } from './problem.ts';
import { isFeasible } from './settle.ts';

const wide = (block: number, gain: number) => ({ block, gain, starts: [[0, 20 - block] as const] });

describe('filling a tour', () => {
  it('takes the most worth for its time first', () => {
    const problem = problemFrom([wide(10, 10), wide(5, 10), wide(15, 20)], { spanMs: 20 });
    expect(byDensity(problem)).toEqual([1, 2, 0]);
    expect(new Set(filled(problem, []).map(({ job }) => job))).toEqual(new Set([1, 2]));
  });

  it('takes the smaller number of equals', () => {
    const problem = problemFrom([wide(12, 10), wide(12, 10)], { spanMs: 20 });
    expect(filled(problem, []).map(({ job }) => job)).toEqual([0]);
  });

  it('takes nothing that an account cannot pay for', () => {
    const paid = { ...wide(5, 10), accounts: [0], charge: 5 };
    const problem = problemFrom([paid, paid, paid], { spanMs: 20, left: [10] });
    expect(filled(problem, [])).toHaveLength(2);
  });

  it('takes no job twice', () => {
    const problem = problemFrom([wide(5, 10)], { spanMs: 20 });
    expect(filled(problem, [{ job: 0, startMs: 3 }])).toEqual([{ job: 0, startMs: 3 }]);
  });

  it('gives tours that are possible and that nobody overpays', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const tour = filled(problem, []);
        expect(isFeasible(problem, tour)).toBe(true);
        const left = leftBeside(problem, tour);
        problem.left.forEach((before, at) => {
          expect(left[at]).toBeGreaterThanOrEqual(Math.min(0, before));
        });
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});

describe('the repair of a former tour', () => {
  it('keeps starts that are still possible', () => {
    const problem = problemFrom([wide(5, 10), wide(5, 10)], { spanMs: 20 });
    const former = [
      { job: 1, startMs: 2 },
      { job: 0, startMs: 9 },
    ];
    expect(repairedAndFilled(problem, former)).toEqual(former);
  });

  it('keeps the order, and shifts what comes too early', () => {
    const problem = problemFrom([wide(5, 10), { ...wide(5, 10), starts: [[4, 15]] }], {
      spanMs: 20,
    });
    const former = [
      { job: 1, startMs: -3 },
      { job: 0, startMs: 2 },
    ];
    expect(repairedAndFilled(problem, former)).toEqual([
      { job: 1, startMs: 4 },
      { job: 0, startMs: 9 },
    ]);
  });

  it('leaves out what has no start any more, and what cannot be paid any more', () => {
    const jobs = [
      { block: 5, gain: 0.001, starts: [[0, 3] as const] },
      { ...wide(5, 10), accounts: [0], charge: 5 },
      wide(5, 10),
    ];
    const problem = problemFrom(jobs, { spanMs: 20, left: [4] });
    const former = [2, 0, 1].map((job, i) => ({ job, startMs: 5 * i }));
    expect(repairedAndFilled(problem, former)).toEqual([{ job: 2, startMs: 0 }]);
  });

  it('leaves time for slews', () => {
    const jobs = [0, 3].map((place) => ({ ...wide(5, 10), place }));
    const problem = problemFrom(jobs, { spanMs: 20, slewMs: 1 });
    const former = [
      { job: 0, startMs: 0 },
      { job: 1, startMs: 5 },
    ];
    expect(repairedAndFilled(problem, former)[1]).toEqual({ job: 1, startMs: 8 });
  });
});

describe('the simple bound', () => {
  it('fills the time with the best worth for it, the last job cut', () => {
    const problem = problemFrom([wide(10, 20), wide(10, 10), wide(10, 5)], { spanMs: 15 });
    expect(simpleBound(problem)).toBe(25);
  });

  it('is never below the best tour', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        expect(simpleBound(problem)).toBeGreaterThanOrEqual(bestWorth(problem) - 1e-9);
        expect(simpleBound(problem)).toBeGreaterThanOrEqual(worthOf(problem, filled(problem, [])));
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });
});

describe('a telescope that would be idle now', () => {
  const later = (block: number) => ({ block, gain: 10, starts: [[0, 40] as const] });
  const fixed = { block: 5, gain: 10, starts: [[12, 12] as const] };

  it('gets the jobs that fit before the first one', () => {
    const problem = problemFrom([fixed, later(6), later(6), later(6)], { spanMs: 60 });
    const tour = [12, 20, 26, 32].map((startMs, job) => ({ job, startMs }));
    expect(advanced(problem, tour)).toEqual(
      [
        { job: 2, startMs: 6 },
        { job: 1, startMs: 0 },
        { job: 0, startMs: 12 },
        { job: 3, startMs: 32 },
      ].sort((a, b) => a.startMs - b.startMs),
    );
  });

  it('waits where a job would lose too much by being early', () => {
    const lateIsBetter = { ...later(6), wish: 30 };
    const problem = problemFrom([fixed, lateIsBetter], { spanMs: 60 });
    const tour = [
      { job: 0, startMs: 12 },
      { job: 1, startMs: 30 },
    ];
    expect(advanced(problem, tour)).toEqual(tour);
  });
});
