import { describe, expect, it } from 'vitest';
import { freshness, realAgeSeconds, TRACE, worse } from './freshness.ts';

describe('the age of a value', () => {
  it('is counted in real seconds on an accelerated clock', () => {
    const age = realAgeSeconds({ atMs: 0, nowMs: 60_000, rate: 60, silentSeconds: 0 });
    expect(age).toBe(1);
  });

  it('is never less than the silence of the server', () => {
    const age = realAgeSeconds({ atMs: 0, nowMs: 2000, rate: 1, silentSeconds: 14 });
    expect(age).toBe(14);
  });

  it('is zero for a value from a clock slightly ahead', () => {
    expect(realAgeSeconds({ atMs: 900, nowMs: 0, rate: 1, silentSeconds: 0 })).toBe(0);
  });

  it('is the silence alone while the clock is stopped', () => {
    expect(realAgeSeconds({ atMs: 0, nowMs: 9000, rate: 0, silentSeconds: 3 })).toBe(3);
  });

  it('is not known for a value that was never read', () => {
    expect(realAgeSeconds({ atMs: null, nowMs: 0, rate: 1, silentSeconds: 0 })).toBeNull();
  });
});

describe('freshness', () => {
  it.each([
    [0, 'fresh'],
    [10, 'fresh'],
    [11, 'old'],
    [60, 'old'],
    [61, 'dead'],
    [null, 'never'],
  ] as const)('of a value %s s old is %s', (age, expected) => {
    expect(freshness(age)).toBe(expected);
  });
});

describe('a weather trace', () => {
  it('is given more time than a live value', () => {
    expect(freshness(100, TRACE)).toBe('fresh');
    expect(freshness(200, TRACE)).toBe('old');
  });

  it('is no fresher than the link', () => {
    expect(worse('fresh', 'dead')).toBe('dead');
    expect(worse('never', 'old')).toBe('never');
  });
});
