import { describe, expect, it } from 'vitest';
import { problemFrom } from '#testing';
import { cellsOf } from './cells.ts';
import { shortlist } from './shortlist.ts';

const jobs = [10, 40, 20, 30].map((gain) => ({ block: 5, gain, starts: [[5, 5] as const] }));
const cells = cellsOf(problemFrom(jobs, { spanMs: 20 }), 5);
const free = { cells, toll: new Float64Array(4), toGo: new Float64Array(cells.count + 1) };
const cellOne = { firstCell: 1, lastCell: 1, choices: 2, taken: new Uint8Array(4) };

describe('a shortlist', () => {
  it('holds the best jobs of a cell, the best first', () => {
    expect([...shortlist(free, cellOne).jobs]).toEqual([1, 3]);
  });

  it('counts what a job costs at the prices', () => {
    const guide = { ...free, toll: Float64Array.of(0, 35, 0, 0) };
    expect([...shortlist(guide, cellOne).jobs]).toEqual([3, 2]);
  });

  it('leaves out what is taken, and says how many there are', () => {
    const { jobs: best, counts } = shortlist(free, {
      ...cellOne,
      taken: Uint8Array.of(1, 1, 1, 0),
    });
    expect([best[0], counts[0]]).toEqual([3, 1]);
  });

  it('numbers its jobs from 0', () => {
    const { local, size } = shortlist(free, cellOne);
    expect([[...local], size]).toEqual([[-1, 0, -1, 1], 2]);
  });
});
