import { describe, expect, it } from 'vitest';
import { problemFrom } from '#testing';
import { cellsOf, stepFor } from './cells.ts';

/** The candidates of each cell: job and value. */
function candidates(problem: ReturnType<typeof problemFrom>, stepMs: number) {
  const { count, first, job, value } = cellsOf(problem, stepMs);
  return Array.from({ length: count }, (_, k) =>
    Array.from(job.subarray(first[k], first[k + 1]), (each, i) => [
      each,
      value[(first[k] ?? 0) + i],
    ]),
  );
}

describe('the cells of a night', () => {
  it('round blocks down, so that no plan is too long for them', () => {
    const blocks = [10, 14, 15, 4].map((block) => ({ block, starts: [[0, 5] as const] }));
    expect([...cellsOf(problemFrom(blocks, { spanMs: 30 }), 5).cells]).toEqual([2, 2, 3, 0]);
  });

  it('hold a start in the cell that ends at it or after it', () => {
    const problem = problemFrom([{ block: 5, starts: [[6, 10]] }], { spanMs: 20 });
    expect(candidates(problem, 5).map((each) => each.length)).toEqual([0, 0, 1, 0, 0, 0]);
  });

  it('give each cell the most that the job is worth in it, its wish included', () => {
    // Worth 10 at 7, and 5 at 0 and at 14.
    const problem = problemFrom([{ block: 5, starts: [[0, 14]], wish: 7 }], { spanMs: 25 });
    const values = candidates(problem, 5).map(([first]) => Math.round(70 * (first?.[1] ?? 0)));
    expect(values.slice(0, 4)).toEqual([350, 600, 700, 550]);
  });

  it('do not see a job that is too short for them', () => {
    const problem = problemFrom([{ block: 4, starts: [[0, 20]] }], { spanMs: 30 });
    expect(candidates(problem, 5).flat()).toEqual([]);
  });

  it('hold a job once where two of its intervals share a cell, worth the better of the two', () => {
    const starts = [[0, 1] as const, [4, 6] as const];
    const problem = problemFrom([{ block: 7, starts, wish: 6 }], { spanMs: 20 });
    expect(candidates(problem, 7)[1]).toEqual([[0, 10]]);
  });
});

describe('the step of the cells', () => {
  const minute = 60_000;

  it('is the longest that loses little of the blocks', () => {
    const jobs = [20, 30, 40].map((minutes) => ({
      block: minutes * minute,
      starts: [[0, 100 * minute] as const],
    }));
    expect(stepFor(problemFrom(jobs, { spanMs: 500 * minute }))).toBe(10 * minute);
  });

  it('is the least lossy one where none loses little', () => {
    const jobs = [{ block: 1500, starts: [[0, 100 * minute] as const] }];
    expect(stepFor(problemFrom(jobs, { spanMs: 500 * minute }))).toBe(1000);
  });

  it('is never so fine that the candidates would fill the memory', () => {
    const jobs = Array.from({ length: 100 }, () => ({
      block: 61_003,
      starts: [[0, 600 * minute] as const],
    }));
    const problem = problemFrom(jobs, { spanMs: 600 * minute });
    const stepMs = stepFor(problem);
    expect(cellsOf(problem, stepMs).job.length).toBeLessThan(1_200_000);
    expect(stepMs).toBeGreaterThan(1000);
  });
});
