import { describe, expect, it } from 'vitest';
import { quietSeason } from './season-builders.ts';
import { darkOf, nightNames } from './season-night.ts';

describe('the nights of a season', () => {
  it('go from the first to the day before the end', () => {
    expect(nightNames(quietSeason())).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
  });

  it('are none when the end does not come after the start', () => {
    expect(nightNames(quietSeason({ untilNight: '2026-03-10' }))).toEqual([]);
    expect(nightNames(quietSeason({ untilNight: '2025-03-10' }))).toEqual([]);
  });

  it('are refused beyond ten years, in one sentence', () => {
    expect(() => nightNames(quietSeason({ untilNight: '9999-01-01' }))).toThrow(
      /^2026-03-10 to 9999-01-01 are 29\d{5} nights: a season has 3653 at most\.$/,
    );
  });

  it('are of no length in a polar summer', () => {
    const { constraints } = quietSeason();
    const site = { latDeg: 78, lonDeg: 15, altitudeM: 0 };
    const { startMs, endMs } = darkOf(
      quietSeason({ constraints: { ...constraints, site } }),
      '2026-06-21',
    );
    expect(endMs).toBe(startMs);
  });
});
