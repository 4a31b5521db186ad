import { describe, expect, it } from 'vitest';
import { generatedDemand } from './generated-demand.ts';
import { quietSeason } from './season-builders.ts';
import { darkOf, nightNames, seasonNights } from './season-night.ts';
import { SequenceBook } from './sequence-book.ts';

const setting = quietSeason();
const wish = { sequences: 300, programs: 5, load: 1.5, seed: 7 };
const demand = generatedDemand(setting, wish);

describe('a made-up demand', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(generatedDemand(setting, wish)).toEqual(demand);
    expect(generatedDemand(setting, { ...wish, seed: 8 })).not.toEqual(demand);
  });

  it('asks for about the load of the clear dark time', () => {
    const seconds = demand.sequences.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
    const darkSeconds = nightNames(setting)
      .map((night) => darkOf(setting, night))
      .reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1000, 0);
    expect(seconds / darkSeconds).toBeGreaterThan(1.2);
    expect(seconds / darkSeconds).toBeLessThan(1.8);
  });

  it('asks for what can be seen in its season', () => {
    const nights = seasonNights(setting);
    const book = new SequenceBook(demand.sequences, setting.constraints, nights);
    const seen = new Set(nights.flatMap((_, row) => book.waitingOn(row).map(({ index }) => index)));
    expect(seen.size / demand.sequences.length).toBeGreaterThan(0.9);
  });

  it('is empty where it never gets dark', () => {
    const site = { latDeg: 78, lonDeg: 15, altitudeM: 0 };
    const polar = quietSeason({
      fromNight: '2026-06-10',
      untilNight: '2026-06-13',
      constraints: { ...setting.constraints, site },
    });
    expect(generatedDemand(polar, wish).sequences).toEqual([]);
  });
});
