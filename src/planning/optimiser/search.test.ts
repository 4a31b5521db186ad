import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#platform';
import { anyProblem, bestWorth, problemFrom } from '#testing';
import { cellsOf } from './cells.ts';
import { descend, openDual } from './dual.ts';
import { filled } from './greedy.ts';
import { guideOf } from './guide.ts';
import { leftBeside, type Problem, type Tour, worthOf } from './problem.ts';
import { search } from './search.ts';
import { isFeasible } from './settle.ts';

function searchFrom(problem: Problem, start: Tour, seed = 1): Tour {
  const cells = cellsOf(problem, 1);
  const descent = openDual(problem, cells);
  descend(descent, 60, (bound) => 0.93 * bound);
  const guide = guideOf(problem, cells, descent.dual);
  const { bound } = descent.dual;
  return search({ problem, guide, start, rounds: 40, random: seededRandom(seed), bound });
}

function always(check: (problem: Problem) => void): void {
  fc.assert(fc.property(anyProblem, check), { numRuns: 150, endOnFailure: true });
}

describe('the search', () => {
  it('never ends below where it began, and its tours are possible', () => {
    always((problem) => {
      const start = filled(problem, []);
      const found = searchFrom(problem, start);
      expect(worthOf(problem, found)).toBeGreaterThanOrEqual(worthOf(problem, start));
      expect(isFeasible(problem, found)).toBe(true);
    });
  });

  it('overdraws no account, though it moves jobs between two windows', () => {
    always((problem) => {
      const left = leftBeside(problem, searchFrom(problem, filled(problem, [])));
      problem.left.forEach((before, at) => {
        expect(left[at]).toBeGreaterThanOrEqual(Math.min(0, before));
      });
    });
  });

  it('is decided by its seed', () => {
    always((problem) => {
      expect(searchFrom(problem, [], 7)).toEqual(searchFrom(problem, [], 7));
    });
  });

  it('finds the order that a greedy start missed', () => {
    // 0 has the most worth for its time, and its place costs two others theirs.
    const jobs = [
      { block: 6, gain: 61, starts: [[7, 7] as const] },
      { block: 10, gain: 60, starts: [[0, 0] as const] },
      { block: 10, gain: 60, starts: [[10, 10] as const] },
      { block: 10, gain: 60, starts: [[20, 20] as const] },
    ];
    const problem = problemFrom(jobs, { spanMs: 30 });
    const start = filled(problem, []);
    expect(worthOf(problem, start)).toBe(121);
    expect(worthOf(problem, searchFrom(problem, start))).toBe(bestWorth(problem));
  });

  it('of nothing finds nothing', () => {
    expect(searchFrom(problemFrom([], { spanMs: 30 }), [])).toEqual([]);
  });
});
