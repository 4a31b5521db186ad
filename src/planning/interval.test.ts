import { describe, expect, it } from 'vitest';
import {
  type Interval,
  intersect,
  inWholeMs,
  lastIn,
  longestMs,
  nearestIn,
  nextIn,
  startsWithin,
  subtract,
} from './interval.ts';

const list = (...ends: readonly (readonly [number, number])[]): Interval[] =>
  ends.map(([startMs, endMs]) => ({ startMs, endMs }));
const some = list([0, 10], [20, 30]);

describe('intervals', () => {
  it('have in common what lies in both', () => {
    expect(intersect(some, list([5, 22], [29, 40]))).toEqual(list([5, 10], [20, 22], [29, 30]));
  });

  it('have a single instant in common when they touch', () => {
    expect(intersect(some, list([10, 20]))).toEqual(list([10, 10], [20, 20]));
  });

  it('have nothing in common with no interval', () => {
    expect(intersect(some, [])).toEqual([]);
  });

  it('lose what lies in others', () => {
    expect(subtract(some, list([2, 4], [8, 22]))).toEqual(list([0, 2], [4, 8], [22, 30]));
  });

  it('lose nothing to what only touches them, and everything to what covers them', () => {
    expect(subtract(some, list([10, 20]))).toEqual(some);
    expect(subtract(some, list([-1, 31]))).toEqual([]);
  });

  it('shrink to whole milliseconds', () => {
    expect(inWholeMs(list([0.2, 3.8], [5.1, 5.9]))).toEqual(list([1, 3]));
  });

  it('leave room to start while there is still time to finish', () => {
    expect(startsWithin(list([0, 10], [20, 25]), 6)).toEqual(list([0, 4]));
  });

  it('let something start once when it just fits', () => {
    expect(startsWithin(some, 10)).toEqual(list([0, 0], [20, 20]));
  });

  it('know their longest', () => {
    expect(longestMs(list([0, 3], [5, 9]))).toBe(4);
    expect(longestMs([])).toBe(0);
  });

  it('give the next instant', () => {
    expect([5, 15, 31].map((ms) => nextIn(some, ms))).toEqual([5, 20, undefined]);
  });

  it('give the last instant', () => {
    expect([25, 15, -1].map((ms) => lastIn(some, ms))).toEqual([25, 10, undefined]);
  });

  it('give the instant nearest to a wish, the earlier of two', () => {
    const within = { startMs: 0, endMs: 30 };
    expect([4, 12, 18, 15].map((wish) => nearestIn(some, within, wish))).toEqual([4, 10, 20, 10]);
  });

  it('give nothing outside the bounds', () => {
    expect(nearestIn(some, { startMs: 11, endMs: 19 }, 15)).toBeUndefined();
    expect(nearestIn(some, { startMs: 8, endMs: 19 }, 100)).toBe(10);
  });
});
