import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { dateToIcrs, icrsToDate } from './equator-of-date.ts';
import { altAz } from './horizontal.ts';
import { siderealHours } from './time.ts';

const NOW = Date.UTC(2026, 10, 22, 22);
const VEGA = { raDeg: 279.2347, decDeg: 38.7837 };

describe('the equator of date', () => {
  it('has moved by minutes of arc since 2000', () => {
    const moved = separationDeg(VEGA, icrsToDate(VEGA, NOW));
    expect(moved).toBeGreaterThan(0.1);
    expect(moved).toBeLessThan(0.4);
  });

  it.each([VEGA, { raDeg: 0.01, decDeg: -60 }, { raDeg: 120, decDeg: 89.9 }])(
    'gives back the place %j that came from it',
    (place) => {
      expect(separationDeg(dateToIcrs(icrsToDate(place, NOW), NOW), place)).toBeLessThan(1e-8);
    },
  );

  it('makes the hour angle: sidereal time less the right ascension of date', () => {
    const site = { latDeg: 43.75, lonDeg: 6.92 };
    const haDeg = siderealHours(NOW, site.lonDeg) * 15 - icrsToDate(VEGA, NOW).raDeg;
    const expected = altAz(VEGA, { ...site, altitudeM: 0 }, NOW).haDeg;
    expect(((haDeg % 360) + 360) % 360).toBeCloseTo(((expected % 360) + 360) % 360, 6);
  });
});
