import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyProblem, problemFrom } from '#testing';
import { Beam, type Gap } from './beam.ts';
import { cellsOf } from './cells.ts';
import { descend, openDual } from './dual.ts';
import { type Guide, guideOf, toGoAt } from './guide.ts';
import { type Problem, type Tour, worthOf } from './problem.ts';
import { isFeasible } from './settle.ts';

function guideFor(problem: Problem, stepMs = 1): Guide {
  const cells = cellsOf(problem, stepMs);
  const descent = openDual(problem, cells);
  descend(descent, 60, (bound) => 0.93 * bound);
  return guideOf(problem, cells, descent.dual);
}

/** Fills a gap; the whole span with all jobs where nothing else is said. */
function fill(problem: Problem, changes: Partial<Gap> = {}, stepMs = 1): Tour {
  const guide = guideFor(problem, stepMs);
  const gap = {
    fromMs: 0,
    from: -1,
    untilMs: problem.spanMs,
    until: -1,
    taken: new Uint8Array(problem.n),
    left: problem.left,
    ...changes,
  };
  const beam = new Beam(problem, guide, { width: 8, choices: 10, idleShare: 0 });
  return beam.fill(gap, guide).tour;
}

const wide = (block: number, gain = 10) => ({ block, gain, starts: [[0, 30 - block] as const] });

describe('a beam', () => {
  it('fills a gap with what is worth most', () => {
    const problem = problemFrom([wide(10, 10), wide(10, 30), wide(10, 20)], { spanMs: 30 });
    const tour = fill(problem, { untilMs: 20 });
    expect(tour.map(({ job }) => job)).toEqual([1, 2]);
  });

  it('stays within the gap', () => {
    const problem = problemFrom([wide(5), wide(5), wide(5), wide(5)], { spanMs: 30 });
    const tour = fill(problem, { fromMs: 7, untilMs: 18 });
    expect(tour.map(({ startMs }) => startMs)).toEqual([7, 12]);
  });

  it('leaves time for the slew to the job that comes after the gap', () => {
    const jobs = [
      { ...wide(5), place: 0 },
      { ...wide(5), place: 3 },
    ];
    const problem = problemFrom(jobs, { spanMs: 30, slewMs: 1 });
    const taken = Uint8Array.of(0, 1);
    expect(fill(problem, { untilMs: 7, until: 1, taken })).toEqual([]);
    expect(fill(problem, { untilMs: 8, until: 1, taken })).toEqual([{ job: 0, startMs: 0 }]);
  });

  it('leaves time for the slew from the job that comes before the gap', () => {
    const jobs = [
      { ...wide(5), place: 0 },
      { ...wide(5), place: 3 },
    ];
    const problem = problemFrom(jobs, { spanMs: 30, slewMs: 1 });
    const gap = { fromMs: 5, from: 1, taken: Uint8Array.of(0, 1) };
    expect(fill(problem, gap)).toEqual([{ job: 0, startMs: 8 }]);
  });

  it('uses no job that is taken, and none twice', () => {
    const problem = problemFrom([wide(5), wide(5)], { spanMs: 30 });
    expect(fill(problem, { taken: Uint8Array.of(1, 0) }).map(({ job }) => job)).toEqual([1]);
  });

  it('spends no more than is left here', () => {
    const paid = { ...wide(5), accounts: [0], charge: 5 };
    const problem = problemFrom([paid, paid, paid], { spanMs: 30, left: [100] });
    expect(fill(problem, { left: Float64Array.of(10) })).toHaveLength(2);
  });

  it('waits for a job whose time comes later', () => {
    const problem = problemFrom([{ block: 5, starts: [[17, 20]] }], { spanMs: 30 });
    expect(fill(problem, {}, 4)).toEqual([{ job: 0, startMs: 17 }]);
  });

  it('gives nothing for a gap in which nothing fits', () => {
    const problem = problemFrom([wide(10)], { spanMs: 30 });
    expect(fill(problem, { untilMs: 9 })).toEqual([]);
    expect(fill(problemFrom([], { spanMs: 30 }))).toEqual([]);
  });

  it('promises what its tour is worth, idle time aside', () => {
    const problem = problemFrom([wide(10), wide(12)], { spanMs: 30 });
    const guide = guideFor(problem);
    const beam = new Beam(problem, guide, { width: 8, choices: 10, idleShare: 0 });
    const gap = { fromMs: 0, from: -1, untilMs: 30, until: -1, left: problem.left };
    const { tour, promise } = beam.fill({ ...gap, taken: new Uint8Array(2) }, guide);
    expect(promise).toBeCloseTo(worthOf(problem, tour), 9);
  });

  it('gives tours that are possible, whatever the cells, and the same ones again', () => {
    const anyStep = fc.constantFrom(1, 2, 3, 7);
    fc.assert(
      fc.property(anyProblem, anyStep, (problem, stepMs) => {
        const tour = fill(problem, {}, stepMs);
        expect(isFeasible(problem, tour)).toBe(true);
        expect(new Set(tour.map(({ job }) => job)).size).toBe(tour.length);
        expect(fill(problem, {}, stepMs)).toEqual(tour);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});

describe('the worth of the time that is left', () => {
  it('lies between that of the cells around it', () => {
    const guide = {
      ...guideFor(problemFrom([], { spanMs: 20 }), 10),
      toGo: Float64Array.of(9, 5, 0, 0, 0),
    };
    expect([0, 5, 10, 12].map((ms) => toGoAt(guide, ms))).toEqual([9, 7, 5, 4]);
  });
});
