import { describe, expect, it } from 'vitest';
import { leastSquares, secondsToLimit } from './trend.ts';

const line = (from: number, perMinute: number, minutes: number) =>
  Array.from({ length: minutes + 1 }, (_, i) => ({
    atMs: i * 60_000,
    value: from + i * perMinute,
  }));

describe('the line of least squares', () => {
  it('finds the slope and the value at the end', () => {
    const trend = leastSquares(line(50, 2, 10));
    expect(trend?.slope).toBeCloseTo(2 / 60, 9);
    expect(trend?.value).toBeCloseTo(70, 9);
    expect(trend?.slopeError).toBeCloseTo(0, 9);
  });

  it('is none for two points, or points of one moment', () => {
    expect(leastSquares(line(50, 2, 1))).toBeNull();
    expect(leastSquares([1, 2, 3].map((value) => ({ atMs: 0, value })))).toBeNull();
    expect(leastSquares([])).toBeNull();
  });
});

describe('the time until a limit', () => {
  const ABOVE = { bad: 'above', limit: 85 } as const;

  it('follows the trend', () => {
    expect(secondsToLimit(line(60, 1, 10), ABOVE, 600_000)).toBeCloseTo(900, 6);
    expect(secondsToLimit(line(60, 1, 10), ABOVE, 660_000)).toBeCloseTo(840, 6);
    const falling = secondsToLimit(line(10, -0.5, 10), { bad: 'below', limit: 2 }, 600_000);
    expect(falling).toBeCloseTo(360, 6);
  });

  it('is nothing at all beyond the limit', () => {
    expect(secondsToLimit(line(90, 0, 10), ABOVE, 600_000)).toBe(0);
  });

  it.each([
    ['steady', line(60, 0, 10)],
    ['going away from it', line(60, -1, 10)],
    ['too slow for an hour', line(60, 0.1, 10)],
    ['too short', line(60, 5, 3)],
    ['not there', []],
  ])('is not known when the values are %s', (_, points) => {
    expect(secondsToLimit(points, ABOVE, 600_000)).toBeNull();
  });

  it('is not known when the trend is noise', () => {
    const noisy = line(60, 0.05, 12).map((point, i) => ({
      ...point,
      value: point.value + (i % 2 === 0 ? 4 : -4),
    }));
    expect(secondsToLimit(noisy, ABOVE, 720_000)).toBeNull();
  });
});
