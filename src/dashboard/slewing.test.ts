import { describe, expect, it } from 'vitest';
import { factsTold } from '#testing';
import { isSlewing } from './slewing.ts';

const facts = factsTold(
  ['20:00:00', 'SlewStarted', { sequenceId: 1, raDeg: 1, decDeg: 2, altDeg: 50 }],
  ['20:00:20', 'SlewEnded', { sequenceId: 1, seconds: 20 }],
);

describe('a slew', () => {
  it('lasts from its beginning to its end', () => {
    expect(isSlewing(facts.slice(0, 1), 1)).toBe(true);
    expect(isSlewing(facts, 1)).toBe(false);
  });

  it('is that of one sequence', () => expect(isSlewing(facts.slice(0, 1), 2)).toBe(false));

  it('ends with its sequence too', () => {
    const end = { sequenceId: 1, name: 'S', outcome: 'INTERRUPTED', reason: '', images: 0 };
    const [slew] = facts;
    const ended = factsTold(['20:00:10', 'SequenceEnded', end]);
    expect(slew && isSlewing([slew, ...ended], 1)).toBe(false);
  });
});
