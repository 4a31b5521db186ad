import { describe, expect, it } from 'vitest';
import { problemFrom } from '#testing';
import { bestPlace, boundsOf, nearest, withJob } from './insertion.ts';
import type { Problem, Tour } from './problem.ts';

/** The tour with a job at its best place; undefined when there is none. */
function inserted(problem: Problem, tour: Tour, job: number): Tour | undefined {
  const place = bestPlace(problem, tour, { job, bounds: boundsOf(problem, tour) });
  return place && withJob(problem, tour, { job, ...place });
}

const a = { block: 6, starts: [[0, 14] as const], wish: 2 };
const b = { block: 6, starts: [[0, 14] as const], wish: 10 };

describe('a new job', () => {
  it('goes to its wish where that is free', () => {
    const problem = problemFrom([a, { block: 4, starts: [[0, 16]], wish: 12 }], { spanMs: 20 });
    expect(inserted(problem, [{ job: 0, startMs: 2 }], 1)).toEqual([
      { job: 0, startMs: 2 },
      { job: 1, startMs: 12 },
    ]);
  });

  it('moves the one before it to the left', () => {
    const c = { block: 13, gain: 50, starts: [[7, 7] as const] };
    const problem = problemFrom([a, c], { spanMs: 20 });
    expect(inserted(problem, [{ job: 0, startMs: 2 }], 1)?.[0]).toEqual({ job: 0, startMs: 1 });
  });

  it('moves the one after it to the right', () => {
    const c = { block: 12, gain: 50, starts: [[0, 0] as const] };
    const problem = problemFrom([b, c], { spanMs: 20 });
    expect(inserted(problem, [{ job: 0, startMs: 10 }], 1)).toEqual([
      { job: 1, startMs: 0 },
      { job: 0, startMs: 12 },
    ]);
  });

  it('moves both, and those behind them', () => {
    const c = { block: 8, gain: 50, starts: [[6, 6] as const] };
    const problem = problemFrom([a, b, c], { spanMs: 20 });
    const tour = [
      { job: 0, startMs: 2 },
      { job: 1, startMs: 10 },
    ];
    expect(inserted(problem, tour, 2)).toEqual([
      { job: 0, startMs: 0 },
      { job: 2, startMs: 6 },
      { job: 1, startMs: 14 },
    ]);
  });

  it('is not taken where the others cannot make way', () => {
    const fixed = { block: 6, starts: [[4, 4] as const] };
    const problem = problemFrom([fixed, { block: 5, starts: [[0, 5]] }], { spanMs: 10 });
    expect(inserted(problem, [{ job: 0, startMs: 4 }], 1)).toBeUndefined();
  });

  it('is not taken where the shifts cost more than it is worth', () => {
    const dear = { block: 6, gain: 1000, starts: [[0, 14] as const] };
    const problem = problemFrom([dear, { block: 6, gain: 1, starts: [[0, 0]] }], { spanMs: 20 });
    expect(inserted(problem, [{ job: 0, startMs: 0 }], 1)).toBeUndefined();
  });

  it('leaves time for the slews on both sides', () => {
    const jobs = [0, 2, 1].map((place, i) => ({
      block: 4,
      place,
      starts: [[0, 26] as const],
      wish: [0, 20, 4][i] ?? 0,
    }));
    const problem = problemFrom(jobs, { spanMs: 30, slewMs: 3 });
    const tour = [
      { job: 0, startMs: 0 },
      { job: 1, startMs: 20 },
    ];
    expect(inserted(problem, tour, 2)?.[1]).toEqual({ job: 2, startMs: 7 });
  });
});

describe('how far jobs could move', () => {
  it('goes from the first to the last start that their order allows', () => {
    const problem = problemFrom([a, b], { spanMs: 20 });
    const { earliest, latest } = boundsOf(problem, [
      { job: 0, startMs: 2 },
      { job: 1, startMs: 10 },
    ]);
    expect([...earliest]).toEqual([0, 6]);
    expect([...latest]).toEqual([8, 14]);
  });
});

describe('the start nearest to the wish', () => {
  const holed = { block: 2, starts: [[0, 3] as const, [9, 12] as const], wish: 7 };
  const problem = problemFrom([holed], { spanMs: 20 });

  it('may lie on either side of a hole', () => {
    expect(nearest(problem, 0, { lowMs: 0, highMs: 18 })).toBe(9);
    expect(nearest(problem, 0, { lowMs: 0, highMs: 8 })).toBe(3);
  });

  it('is none when the room lies in the hole, or there is no room', () => {
    expect(nearest(problem, 0, { lowMs: 4, highMs: 8 })).toBe(-1);
    expect(nearest(problem, 0, { lowMs: 8, highMs: 4 })).toBe(-1);
  });
});
