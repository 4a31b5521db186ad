import { describe, expect, it } from 'vitest';
import { type Hindrance, outside, sightSteps, stretchesOf } from './sight-steps.ts';

const span = { startMs: 0, endMs: 100_000 };
const from = (startMs: number, endMs: number, code: string): Hindrance => {
  return { startMs: startMs * 1000, endMs: endMs * 1000, code, text: code.toLowerCase() };
};
const shown = (hindrances: readonly Hindrance[]) =>
  sightSteps(span, hindrances).map(({ start, end, against }) => {
    const seconds = (at: string) => Date.parse(at) / 1000;
    return `${seconds(start)}-${seconds(end)} ${against.map(({ code }) => code).join('+') || 'free'}`;
  });

describe('the steps of a visibility line', () => {
  it('are one step of nothing when nothing stands against it', () => {
    expect(shown([])).toEqual(['0-100 free']);
  });

  it('add up what overlaps', () => {
    expect(shown([from(0, 40, 'NIGHT'), from(30, 60, 'MOON')])).toEqual([
      '0-30 NIGHT',
      '30-40 NIGHT+MOON',
      '40-60 MOON',
      '60-100 free',
    ]);
  });

  it('join neighbours that have the same obstacles', () => {
    expect(shown([from(0, 20, 'MOON'), from(20, 50, 'MOON')])).toEqual([
      '0-50 MOON',
      '50-100 free',
    ]);
  });

  it('count each kind once', () => {
    expect(shown([from(0, 100, 'TAKEN'), from(0, 100, 'TAKEN')])).toEqual(['0-100 TAKEN']);
  });

  it('are cut at the ends of the chart', () => {
    expect(shown([from(-50, 500, 'WINDOW')])).toEqual(['0-100 WINDOW']);
  });
});

describe('the stretches of samples', () => {
  const samples = { startMs: 1000, stepMs: 10, count: 6 };

  it('reach to the step after the last sample that holds', () => {
    expect(stretchesOf(samples, (i) => i === 1 || i === 2)).toEqual([
      { startMs: 1010, endMs: 1030 },
    ]);
  });

  it('may last to the end', () => {
    expect(stretchesOf(samples, (i) => i >= 4)).toEqual([{ startMs: 1040, endMs: 1060 }]);
  });

  it('are none where nothing holds', () => {
    expect(stretchesOf(samples, () => false)).toEqual([]);
  });
});

describe('what lies outside a stretch', () => {
  it('is what comes before and after it', () => {
    expect(outside(span, { startMs: 20, endMs: 30 })).toEqual([
      { startMs: 0, endMs: 20 },
      { startMs: 30, endMs: 100_000 },
    ]);
  });

  it('is nothing when the stretch holds all', () => {
    expect(outside(span, { startMs: -1, endMs: 200_000 })).toEqual([]);
  });

  it('is all when there is no stretch', () => {
    expect(outside(span, null)).toEqual([span]);
  });

  it('is all when the stretch lies beyond', () => {
    expect(outside(span, { startMs: 200_000, endMs: 300_000 })).toEqual([span]);
  });
});
