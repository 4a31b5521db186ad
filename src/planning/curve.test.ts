import { describe, expect, it } from 'vitest';
import { highest, stretchesWhere, valueAt } from './curve.ts';

const curve = { startMs: 100, stepMs: 10, values: Float64Array.of(0, 10, 0) };

describe('a curve', () => {
  it('is straight between its samples', () => {
    expect([100, 105, 110, 117].map((ms) => valueAt(curve, ms))).toEqual([0, 5, 10, 3]);
  });

  it('keeps its ends outside', () => {
    expect([90, 130].map((ms) => valueAt(curve, ms))).toEqual([0, 0]);
  });

  it('may have a single sample', () => {
    expect(valueAt({ ...curve, values: Float64Array.of(7) }, 111)).toBe(7);
  });
});

describe('the stretches where a margin is well', () => {
  const within = [{ startMs: 0, endMs: 100 }];

  it('end where it crosses zero, between two steps', () => {
    const found = stretchesWhere({ within, stepMs: 30, marginAt: (ms) => 20 - Math.abs(ms - 50) });
    expect(found).toEqual([{ startMs: 30, endMs: 70 }]);
  });

  it('end at the last good sample when it jumps', () => {
    const marginAt = (ms: number): number => (ms >= 25 && ms <= 65 ? 1 : -1);
    expect(stretchesWhere({ within, stepMs: 10, marginAt, jumps: true })).toEqual([
      { startMs: 30, endMs: 60 },
    ]);
  });

  it('are the whole interval when it never fails, and none when it always does', () => {
    expect(stretchesWhere({ within, stepMs: 30, marginAt: () => 0 })).toEqual(within);
    expect(stretchesWhere({ within, stepMs: 30, marginAt: () => -1 })).toEqual([]);
  });
});

describe('the highest point', () => {
  it('is looked for to the very end', () => {
    expect(highest((ms) => ms, [{ startMs: 0, endMs: 25 }], 10)).toEqual({ ms: 25, value: 25 });
  });

  it('is nowhere without intervals', () => {
    expect(highest((ms) => ms, [], 10)).toBeUndefined();
  });
});
