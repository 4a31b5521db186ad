import { describe, expect, it } from 'vitest';
import { highestIn, sampleAt, stretchesAbove } from './samples.ts';

const steps = { startMs: 100, stepMs: 10 };
const hill = Float64Array.of(0, 10, 0);

describe('samples', () => {
  it('are joined by straight lines', () => {
    expect([100, 105, 110, 117].map((ms) => sampleAt(hill, steps, ms))).toEqual([0, 5, 10, 3]);
  });

  it('keep their ends outside', () => {
    expect([90, 130].map((ms) => sampleAt(hill, steps, ms))).toEqual([0, 0]);
  });

  it('may be a single one', () => {
    expect(sampleAt(Float64Array.of(7), steps, 111)).toBe(7);
  });

  it('reach a value between two steps', () => {
    expect(stretchesAbove(hill, 5, steps)).toEqual([{ startMs: 105, endMs: 115 }]);
  });

  it('reach a value from the first step to the last when never below it', () => {
    expect(stretchesAbove(hill, 0, steps)).toEqual([{ startMs: 100, endMs: 120 }]);
  });

  it('never reach what is above them', () => {
    expect(stretchesAbove(hill, 10.1, steps)).toEqual([]);
  });

  it('reach a value several times', () => {
    expect(stretchesAbove(Float64Array.of(1, -1, 1), 0, steps)).toEqual([
      { startMs: 100, endMs: 105 },
      { startMs: 115, endMs: 120 },
    ]);
  });

  it('are highest at a step, or at the end of what is looked at', () => {
    expect(highestIn(hill, steps, [{ startMs: 100, endMs: 120 }])).toEqual({ ms: 110, value: 10 });
    expect(highestIn(hill, steps, [{ startMs: 100, endMs: 104 }])).toEqual({ ms: 104, value: 4 });
    expect(highestIn(hill, steps, [])).toBeUndefined();
  });
});
