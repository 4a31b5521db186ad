import { describe, expect, it } from 'vitest';
import { closed, codeWords, points, shift } from './plan-words.ts';

describe('the words of the plan', () => {
  it('name each kind of reason, even one that is new', () => {
    expect(codeWords('MOON')).toBe('Moon too near');
    expect(codeWords('SOME_NEW_ONE')).toBe('some new one');
    expect(codeWords('')).toBe('other');
  });

  it('group the digits of a worth', () => {
    expect([7, 1234.4, 1_234_567].map(points)).toEqual(['7', '1 234', '1 234 567']);
  });

  it('say which way something moved', () => {
    expect([720, -40, 0].map(shift)).toEqual(['12 min later', '40 s earlier', 'at the same time']);
  });

  it('end a sentence once', () => {
    expect(['too low', 'Wait.', ' why? ', ''].map(closed)).toEqual([
      'too low.',
      'Wait.',
      'why?',
      '',
    ]);
  });
});
