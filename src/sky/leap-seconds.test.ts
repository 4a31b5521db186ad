import { describe, expect, it } from 'vitest';
import { ttMinusUtcSeconds } from './leap-seconds.ts';

describe('terrestrial time less UTC', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 42.184],
    ['1972-01-01T00:00:00Z', 42.184],
    ['1999-01-01T00:00:00Z', 64.184],
    ['2016-12-31T23:59:59Z', 68.184],
    ['2017-01-01T00:00:00Z', 69.184],
    ['2040-01-01T00:00:00Z', 69.184],
  ])('at %s is %d s', (at, seconds) => {
    expect(ttMinusUtcSeconds(Date.parse(at))).toBeCloseTo(seconds, 9);
  });
});
