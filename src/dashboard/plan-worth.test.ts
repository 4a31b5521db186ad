import { describe, expect, it } from 'vitest';
import { worthSentence } from './plan-worth.ts';

describe('the worth of a plan in words', () => {
  it('is the share of the best possible plan', () => {
    expect(worthSentence({ value: 964, bound: 1000, gap: 0.036 })).toBe(
      'This plan is worth at least 96.4 % of the best possible one.',
    );
  });

  it('is never rounded up', () => {
    expect(worthSentence({ value: 9996, bound: 10_000, gap: 0.0004 })).toContain('99.9 %');
  });

  it('says so when nothing better is possible', () => {
    expect(worthSentence({ value: 10, bound: 10, gap: 0 })).toBe('No better plan is possible.');
  });

  it.each([
    { value: 0, bound: 0, gap: 0 },
    { value: 5, bound: Number.NaN, gap: 0 },
    { value: 5, bound: 4, gap: -0.25 },
  ])('is not told without a proof: %j', (worth) => {
    expect(worthSentence(worth)).toBe('');
  });
});
