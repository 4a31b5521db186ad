import { describe, expect, it } from 'vitest';
import type { TwilightMarks } from '../../tonight.ts';
import { moonStretches, nightBands } from './night-bands.ts';

const marks: TwilightMarks = {
  sunset: '2014-04-23T18:00:00Z',
  civilDusk: '2014-04-23T18:30:00Z',
  nauticalDusk: '2014-04-23T19:05:00Z',
  astronomicalDusk: '2014-04-23T19:45:00Z',
  astronomicalDawn: '2014-04-24T02:30:00Z',
  nauticalDawn: '2014-04-24T03:10:00Z',
  civilDawn: '2014-04-24T03:45:00Z',
  sunrise: '2014-04-24T04:20:00Z',
  chartStart: '2014-04-23T17:00:00Z',
  chartEnd: '2014-04-24T05:00:00Z',
};
const chart = { fromMs: Date.parse(marks.chartStart), toMs: Date.parse(marks.chartEnd) };

describe('the bands of a night', () => {
  it('go from day through the twilights to dark and back', () => {
    expect(nightBands(marks).map((band) => band.kind)).toEqual([
      'day',
      'civil',
      'nautical',
      'astronomical',
      'dark',
      'astronomical',
      'nautical',
      'civil',
      'day',
    ]);
  });

  it('cover the chart without a gap', () => {
    const bands = nightBands(marks);
    expect(bands[0]?.fromMs).toBe(chart.fromMs);
    expect(bands.at(-1)?.toMs).toBe(chart.toMs);
    for (const [i, band] of bands.slice(1).entries()) expect(band.fromMs).toBe(bands[i]?.toMs);
  });

  it('have no dark on a white night', () => {
    const white = { ...marks, astronomicalDusk: null, astronomicalDawn: null };
    expect(nightBands(white).map((band) => band.kind)).toEqual([
      'day',
      'civil',
      'nautical',
      'astronomical',
      'nautical',
      'civil',
      'day',
    ]);
  });

  it('have no day in a polar night', () => {
    const polar = { ...marks, sunset: null, sunrise: null };
    expect(nightBands(polar)[0]?.kind).toBe('civil');
    expect(nightBands(polar).at(-1)?.kind).toBe('civil');
  });
});

describe('the Moon', () => {
  const rise = '2014-04-24T01:00:00Z';
  const set = '2014-04-23T20:00:00Z';

  it('is up from its rise to its set', () => {
    expect(moonStretches({ riseAt: set, setAt: rise, altDeg: 0 }, chart)).toEqual([
      { fromMs: Date.parse(set), toMs: Date.parse(rise) },
    ]);
  });

  it('is up at both ends when it sets before it rises', () => {
    expect(moonStretches({ riseAt: rise, setAt: set, altDeg: 0 }, chart)).toEqual([
      { fromMs: chart.fromMs, toMs: Date.parse(set) },
      { fromMs: Date.parse(rise), toMs: chart.toMs },
    ]);
  });

  it('stays where it is when it neither rises nor sets', () => {
    expect(moonStretches({ riseAt: null, setAt: null, altDeg: 30 }, chart)).toEqual([chart]);
    expect(moonStretches({ riseAt: null, setAt: null, altDeg: -30 }, chart)).toEqual([]);
  });

  it('is cut at the ends of the chart', () => {
    const early = { riseAt: '2014-04-23T10:00:00Z', setAt: set, altDeg: 0 };
    expect(moonStretches(early, chart)).toEqual([{ fromMs: chart.fromMs, toMs: Date.parse(set) }]);
  });
});
