import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIDEREAL_TIMES, SITES } from './reference-sky.ts';
import {
  julianDate,
  modifiedJulianDate,
  msFromJulianDate,
  nightBounds,
  nightId,
  siderealHours,
} from './time.ts';

const DAY_MS = 86_400_000;
const anyMs = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });
const anyLongitude = fc.double({ min: -180, max: 360, noNaN: true });

describe('Julian dates', () => {
  it('count from the epochs that everybody uses', () => {
    expect(julianDate(Date.UTC(2000, 0, 1, 12))).toBe(2_451_545);
    expect(modifiedJulianDate(Date.UTC(2000, 0, 1))).toBe(51_544);
  });

  it('give the instant back to the millisecond', () => {
    fc.assert(
      fc.property(anyMs, (ms) => {
        expect(msFromJulianDate(julianDate(ms))).toBe(ms);
      }),
    );
  });
});

describe('local apparent sidereal time', () => {
  it.each(SIDEREAL_TIMES)('agrees with ERFA within 0.02 s (%s, %s)', (site, at, hours) => {
    const seconds = (siderealHours(Date.parse(at), SITES[site].lonDeg) - hours) * 3600;
    expect(Math.abs(seconds)).toBeLessThan(0.02);
  });

  it('stays in [0, 24) at any longitude', () => {
    fc.assert(
      fc.property(anyMs, anyLongitude, (ms, lonDeg) => {
        const hours = siderealHours(ms, lonDeg);
        expect(hours >= 0 && hours < 24).toBe(true);
      }),
    );
  });
});

describe('a night', () => {
  it.each([
    ['Calern, before midnight', '2014-04-23T21:08:24Z', 6.92353, '2014-04-23'],
    ['Calern, before dawn', '2014-04-24T03:00:00Z', 6.92353, '2014-04-23'],
    ['Mexico, whose evening is the next UTC day', '2024-03-01T02:00:00Z', -115.46, '2024-02-29'],
    ['Mexico, before dawn', '2024-03-01T13:00:00Z', -115.46, '2024-02-29'],
    [
      'New Zealand, whose evening is the same UTC morning',
      '2026-01-02T08:00:00Z',
      174,
      '2026-01-02',
    ],
  ])('keeps the name of its noon: %s', (_where, at, lonDeg, night) => {
    expect(nightId(Date.parse(at), lonDeg)).toBe(night);
  });

  it('runs from local mean noon to the next', () => {
    const { startMs, endMs } = nightBounds('2026-11-22', 15);
    expect(startMs).toBe(Date.UTC(2026, 10, 22, 11));
    expect(endMs).toBe(Date.UTC(2026, 10, 23, 11));
  });

  it('gives its closing noon to the next night', () => {
    const { endMs } = nightBounds('2026-12-31', -70.7);
    expect(nightId(endMs - 1, -70.7)).toBe('2026-12-31');
    expect(nightId(endMs, -70.7)).toBe('2027-01-01');
  });

  it('holds every instant that bears its name, at any longitude', () => {
    fc.assert(
      fc.property(anyMs, anyLongitude, (ms, lonDeg) => {
        const { startMs, endMs } = nightBounds(nightId(ms, lonDeg), lonDeg);
        expect(startMs <= ms && ms < endMs).toBe(true);
        expect(endMs - startMs).toBe(DAY_MS);
      }),
    );
  });

  it('is the same whether the longitude is written east or west', () => {
    expect(nightBounds('2026-11-22', 289.25)).toEqual(nightBounds('2026-11-22', -70.75));
  });

  it.each(['2026-02-30', '2026-13-01', '22/11/2026', '', '2026-11-22T00:00:00Z'])(
    'cannot be called %j',
    (night) => {
      expect(() => nightBounds(night, 0)).toThrow('is not the name of a night');
    },
  );
});
