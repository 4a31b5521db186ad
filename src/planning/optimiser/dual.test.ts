import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProblem, bestWorth, problemFrom } from '#testing';
import { cellsOf } from './cells.ts';
import { type Dual, descend, openDual, tighten } from './dual.ts';
import type { Problem } from './problem.ts';

function dualOf(problem: Problem, stepMs: number, iterations: number): Dual {
  const descent = openDual(problem, cellsOf(problem, stepMs));
  descend(descent, iterations, (bound) => 0.93 * bound);
  return descent.dual;
}

describe('the prices', () => {
  it('prove a bound at every iteration, whatever the cells', () => {
    const anyIterations = fc.constantFrom(1, 2, 5, 100);
    const anyStep = fc.constantFrom(1, 2, 3, 7);
    fc.assert(
      fc.property(anyProblem, anyStep, anyIterations, (problem, stepMs, iterations) => {
        const { bound } = dualOf(problem, stepMs, iterations);
        expect(bound).toBeGreaterThanOrEqual(bestWorth(problem) - 1e-9);
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  it('prove a bound when quotas are filled exactly, too', () => {
    fc.assert(
      fc.property(anyProblem, fc.constantFrom(1, 3), (problem, stepMs) => {
        const descent = openDual(problem, cellsOf(problem, stepMs));
        descend(descent, 30, (bound) => 0.93 * bound);
        if (tighten(descent)) descend(descent, 30, (bound) => 0.93 * bound);
        expect(descent.dual.bound).toBeGreaterThanOrEqual(bestWorth(problem) - 1e-9);
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  it('never rise with more iterations', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const bounds = [1, 10, 100].map((iterations) => dualOf(problem, 1, iterations).bound);
        expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('come near the best tour of many jobs without slews', () => {
    const jobs = [10, 45, 24, 31, 59, 38].map((gain, i) => ({
      block: 5,
      gain,
      starts: [[0, 15] as const],
      wish: (i * 7) % 16,
    }));
    const problem = problemFrom(jobs, { spanMs: 20 });
    expect(dualOf(problem, 1, 400).bound).toBeLessThan(1.05 * bestWorth(problem));
  });

  it('are zero for what nobody contends for, and not below zero for anything', () => {
    const apart = [0, 10].map((ms) => ({ block: 5, starts: [[ms, ms] as const] }));
    const { price, accountPrice } = dualOf(problemFrom(apart, { spanMs: 20, left: [100] }), 1, 200);
    expect([...accountPrice]).toEqual([0]);
    expect(Math.min(...price)).toBeGreaterThanOrEqual(0);
  });

  it('give what is too short for the cells away, so that the bound holds', () => {
    const short = problemFrom([{ block: 3, starts: [[0, 10]] }], { spanMs: 20 });
    expect(dualOf(short, 5, 50).bound).toBe(10);
  });

  it('tell what the night is worth from each cell on, which never rises', () => {
    const jobs = [0, 1, 2].map(() => ({ block: 5, starts: [[0, 20] as const] }));
    const { toGo } = dualOf(problemFrom(jobs, { spanMs: 25 }), 1, 50);
    expect([...toGo]).toEqual([...toGo].sort((a, b) => b - a));
    expect(toGo.at(-1)).toBe(0);
  });
});
