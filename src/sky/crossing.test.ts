import { describe, expect, it } from 'vitest';
import { crossings } from './crossing.ts';

const search = { startMs: 0, endMs: 9_950_000, stepMs: 600_000 };

describe('the zero crossings of a function', () => {
  it('are found within 50 ms, with their sense, oldest first', () => {
    const wave = (ms: number) => Math.cos((ms / 8_000_000) * 2 * Math.PI);
    const found = crossings(wave, search);
    expect(found.map((crossing) => crossing.rising)).toEqual([false, true]);
    for (const [i, atMs] of [2_000_000, 6_000_000].entries()) {
      expect(Math.abs((found[i]?.atMs ?? Number.NaN) - atMs)).toBeLessThanOrEqual(50);
    }
  });

  it('are none when the sign stays', () => {
    expect(crossings(() => 1, search)).toEqual([]);
    expect(crossings(() => 0, search)).toEqual([]);
  });

  it('are found in a last step that is shorter', () => {
    const found = crossings((ms) => ms - 9_900_000, search);
    expect(found).toHaveLength(1);
    expect(found[0]?.rising).toBe(true);
  });

  it('are none in an empty stretch', () => {
    expect(crossings((ms) => ms - 5, { ...search, endMs: 0 })).toEqual([]);
  });
});
