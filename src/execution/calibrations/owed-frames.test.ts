import { describe, expect, it } from 'vitest';
import { owedFlats, owedFrames } from './owed-frames.ts';

const spec = {
  flats: { images: 3, adu: 20_000, leastSeconds: 1, mostSeconds: 60 },
  darks: { images: 2, seconds: [60, 120] },
  biases: { images: 5 },
};
const tried = (kind: string, seconds: number, state = 'TAKEN') => {
  return { kind, seconds, state, moment: 'dawn', filter: 'r' };
};

describe('what is owed with the shutter closed', () => {
  it('is everything at first, the biases before the darks', () => {
    expect(owedFrames(spec, [])).toEqual([
      { kind: 'bias', seconds: 0, images: 5 },
      { kind: 'dark', seconds: 60, images: 2 },
      { kind: 'dark', seconds: 120, images: 2 },
    ]);
  });

  it('is the rest after an interruption; what failed is owed still', () => {
    const before = [
      tried('bias', 0),
      tried('dark', 60),
      tried('dark', 60),
      tried('dark', 120, 'FAILED'),
    ];
    expect(owedFrames(spec, before)).toEqual([
      { kind: 'bias', seconds: 0, images: 4 },
      { kind: 'dark', seconds: 120, images: 2 },
    ]);
  });

  it('is nothing when nothing is asked for', () => {
    expect(owedFrames({}, [])).toEqual([]);
  });
});

describe('flats that are owed', () => {
  it('are counted by filter and twilight', () => {
    const before = [tried('flat', 4), tried('flat', 5, 'FAILED')];
    expect(owedFlats(spec, { filter: 'r', moment: 'dawn' }, before)).toBe(2);
    expect(owedFlats(spec, { filter: 'r', moment: 'dusk' }, before)).toBe(3);
    expect(owedFlats(spec, { filter: 'g', moment: 'dawn' }, before)).toBe(3);
  });
});
