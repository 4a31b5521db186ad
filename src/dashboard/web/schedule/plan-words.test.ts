import { describe, expect, it } from 'vitest';
import { closed, codeWords, points, shift, typeset, whyText } from './plan-words.ts';

describe('the words of the plan', () => {
  it('name each kind of reason, even one that is new', () => {
    expect(codeWords('MOON')).toBe('Moon too near');
    expect(codeWords('SOME_NEW_ONE')).toBe('some new one');
    expect(codeWords('')).toBe('other');
  });

  it('group the digits of a worth', () => {
    expect([7, 1234.4, 1_234_567].map(points)).toEqual(['7', '1\u00a0234', '1\u00a0234\u00a0567']);
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

  it('keep a number, its digits and its unit on one line', () => {
    expect(typeset('takes 1 417 s, 721 s at most')).toBe(
      'takes 1\u00a0417\u00a0s, 721\u00a0s at most',
    );
  });

  it('leave names and dates as they are', () => {
    const text = 'NGC 5907 watch, M13 and 7 more on 2014-04-23';
    expect(typeset(text)).toBe(text);
  });

  it('write a negative number with a minus sign', () => {
    expect(typeset('highest -14.2° at 22:19Z')).toBe('highest −14.2° at 22:19Z');
  });

  it('say the kind of a reason once', () => {
    expect(whyText('OUTBID', 'outbid by M3')).toBe('Outbid by M3.');
    expect(whyText('ELEVATION', 'never above 25°')).toBe('Too low. Never above 25°.');
    expect(whyText('', 'done meanwhile')).toBe('Done meanwhile.');
  });
});
