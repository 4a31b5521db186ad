import { describe, expect, it } from 'vitest';
import { firstRoutinePriority, weightOf } from './weight.ts';

describe('the weight of a priority', () => {
  it('is larger the smaller the number, for every number', () => {
    const weights = [-5, 0, 1, 9, 10, 50, 99, 100, 100.5, 101, 1000].map(weightOf);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(new Set(weights).size).toBe(weights.length);
  });

  it('is 1 at 100, and 1 more for each step of urgency', () => {
    expect([100, 99, firstRoutinePriority, 1].map(weightOf)).toEqual([1, 2, 91, 100]);
  });

  it('is never nothing', () => {
    expect(weightOf(1e9)).toBeGreaterThan(0);
  });
});
