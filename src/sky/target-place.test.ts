import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { moonPosition } from './sun-moon.ts';
import { bodyNames, type EphemerisTarget } from './target.ts';
import { placeOf } from './target-place.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const ms = Date.parse('2026-11-22T22:00:00Z');
const HOUR_MS = 3_600_000;

describe('the place of a star', () => {
  it('is that of the catalogue when it does not move', () => {
    expect(placeOf({ raDeg: 83.63, decDeg: 22.01, epoch: 1950 }, site, ms)).toEqual({
      raDeg: 83.63,
      decDeg: 22.01,
    });
  });

  it('is that of the catalogue at its epoch', () => {
    const star = { raDeg: 269.45, decDeg: 4.69, pmRaMasPerYear: -801, pmDecMasPerYear: 10_362 };
    const there = placeOf({ ...star, epoch: 2000 }, site, Date.UTC(2000, 0, 1, 12));
    expect(separationDeg(there, star)).toBeLessThan(1e-12);
  });

  it('goes by its proper motion, which in RA is already on the sky', () => {
    const star = { raDeg: 10, decDeg: 60, pmRaMasPerYear: 3600, epoch: 2000 };
    const there = placeOf(star, site, Date.UTC(2010, 0, 1, 0));
    expect((there.raDeg - 10) * 3600).toBeCloseTo(72, 1);
    expect(there.decDeg).toBeCloseTo(60, 5);
  });

  it('may pass a pole', () => {
    const star = { raDeg: 0, decDeg: 89.9999, pmDecMasPerYear: 10_000, epoch: 2000 };
    const there = placeOf(star, site, Date.UTC(2100, 0, 1));
    expect(there.raDeg).toBeCloseTo(180, 6);
    expect((90 - there.decDeg) * 3600).toBeCloseTo(1000 - 0.36, 0);
  });
});

describe('the place of a body', () => {
  it('is known for all that may be observed', () => {
    for (const body of bodyNames) {
      const place = placeOf({ kind: 'BODY', body }, site, ms);
      expect(Number.isFinite(place.raDeg + place.decDeg)).toBe(true);
    }
  });

  it('holds the parallax of the Moon', () => {
    const there = placeOf({ kind: 'BODY', body: 'Moon' }, site, ms);
    expect(separationDeg(there, moonPosition(site, ms))).toBe(0);
    const elsewhere = placeOf({ kind: 'BODY', body: 'Moon' }, { ...site, latDeg: -43 }, ms);
    expect(separationDeg(there, elsewhere)).toBeGreaterThan(0.3);
  });
});

describe('the place on an ephemeris', () => {
  const comet: EphemerisTarget = {
    kind: 'EPHEMERIS',
    points: [
      { ms, raDeg: 359, decDeg: 10 },
      { ms: ms + HOUR_MS, raDeg: 1, decDeg: 12 },
      { ms: ms + 3 * HOUR_MS, raDeg: 3, decDeg: 12 },
    ],
  };
  const [first, second, third] = comet.points;

  it('is that of the table at its instants', () => {
    for (const point of comet.points) {
      expect(separationDeg(placeOf(comet, site, point.ms), point)).toBeLessThan(1e-9);
    }
  });

  it('is in proportion between two of them, through 0 h', () => {
    const there = placeOf(comet, site, ms + HOUR_MS / 4);
    const whole = separationDeg(first ?? there, second ?? there);
    expect(separationDeg(first ?? there, there)).toBeCloseTo(whole / 4, 9);
    expect(separationDeg(there, second ?? there)).toBeCloseTo((whole * 3) / 4, 9);
  });

  it('is that of the nearer end outside', () => {
    expect(placeOf(comet, site, ms - HOUR_MS)).toEqual({ raDeg: 359, decDeg: 10 });
    expect(placeOf(comet, site, ms + 9 * HOUR_MS)).toEqual({
      raDeg: third?.raDeg,
      decDeg: third?.decDeg,
    });
  });

  it('is within 1″ of the Moon that it was made of, every 10 minutes', () => {
    const points = Array.from({ length: 20 }, (_, i) => {
      const at = ms + i * 600_000;
      const { raDeg, decDeg } = moonPosition(site, at);
      return { ms: at, raDeg, decDeg };
    });
    for (let at = ms; at < ms + 19 * 600_000; at += 70_000) {
      const there = placeOf({ kind: 'EPHEMERIS', points }, site, at);
      expect(separationDeg(there, moonPosition(site, at)) * 3600).toBeLessThan(1.5);
    }
  });
});
