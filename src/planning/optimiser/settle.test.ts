import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProblem, problemFrom } from '#testing';
import { filled } from './greedy.ts';
import { worthOf } from './problem.ts';
import { isFeasible, settle } from './settle.ts';

const wide = (block: number, wish: number) => ({ block, wish, starts: [[0, 30 - block] as const] });

describe('settling a tour', () => {
  it('moves a job with room to its wish', () => {
    const problem = problemFrom([wide(5, 12)], { spanMs: 30 });
    expect(settle(problem, [{ job: 0, startMs: 3 }])).toEqual([{ job: 0, startMs: 12 }]);
  });

  it('moves jobs that touch each other together', () => {
    const problem = problemFrom([wide(5, 10), wide(5, 15)], { spanMs: 30 });
    const tour = [
      { job: 0, startMs: 0 },
      { job: 1, startMs: 5 },
    ];
    expect(settle(problem, tour)).toEqual([
      { job: 0, startMs: 10 },
      { job: 1, startMs: 15 },
    ]);
  });

  it('keeps the order, even where another would be better', () => {
    const problem = problemFrom([wide(5, 20), wide(5, 0)], { spanMs: 30 });
    const settled = settle(problem, [
      { job: 0, startMs: 0 },
      { job: 1, startMs: 10 },
    ]);
    expect(settled.map(({ job }) => job)).toEqual([0, 1]);
  });

  it('leaves a tour that is as good as it can be', () => {
    const problem = problemFrom([wide(5, 0), wide(5, 5)], { spanMs: 30 });
    const tour = [
      { job: 0, startMs: 0 },
      { job: 1, startMs: 5 },
    ];
    expect(settle(problem, tour)).toEqual(tour);
  });

  it('never lowers the worth, and gives a tour that is possible', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const tour = filled(problem, []);
        const settled = settle(problem, tour);
        expect(worthOf(problem, settled)).toBeGreaterThanOrEqual(worthOf(problem, tour) - 1e-9);
        expect(isFeasible(problem, settled)).toBe(true);
        expect(settled.map(({ job }) => job)).toEqual(tour.map(({ job }) => job));
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });
});

describe('a tour is possible', () => {
  const problem = problemFrom(
    [
      { ...wide(5, 0), place: 0 },
      { ...wide(5, 0), place: 1 },
    ],
    { spanMs: 20, slewMs: 2 },
  );
  const isPossible = (first: number, second: number) =>
    isFeasible(problem, [
      { job: 0, startMs: first },
      { job: 1, startMs: second },
    ]);

  it('when each block begins after the one before and the slew', () => {
    expect(isPossible(0, 7)).toBe(true);
    expect(isPossible(0, 6)).toBe(false);
  });

  it('not when it ends too late, or a start is not allowed', () => {
    expect(isPossible(0, 16)).toBe(false);
    expect(isPossible(-1, 10)).toBe(false);
  });
});
