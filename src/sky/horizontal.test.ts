import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeSignedDeg, separationDeg } from './angles.ts';
import { type AltAz, altAz, horizontalToIcrs, skyAt } from './horizontal.ts';
import { SITES, STARS } from './reference-sky.ts';
import { moonPosition, sunPosition } from './sun-moon.ts';

const anySite = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 360, noNaN: true }),
  altitudeM: fc.double({ min: 0, max: 5000, noNaN: true }),
});
const anyTarget = fc.record({
  raDeg: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
});
const anyMs = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2050, 0, 1) });

function arcsecBetween(a: AltAz, b: AltAz): number {
  const onSphere = (place: AltAz) => ({ raDeg: place.azDeg, decDeg: place.altDeg });
  return separationDeg(onSphere(a), onSphere(b)) * 3600;
}

describe('where a star stands', () => {
  it.each(STARS)('agrees with ERFA within 1″ (%s, %s, RA %d, Dec %d)', (...row) => {
    const [site, at, raDeg, decDeg, altDeg, azDeg] = row;
    const place = altAz({ raDeg, decDeg }, SITES[site], Date.parse(at));
    expect(arcsecBetween(place, { altDeg, azDeg })).toBeLessThan(1);
  });

  it('is found again from its elevation and azimuth', () => {
    fc.assert(
      fc.property(anyTarget, anySite, anyMs, (target, site, ms) => {
        const back = horizontalToIcrs(altAz(target, site, ms), site, ms);
        expect(separationDeg(back, target) * 3600).toBeLessThan(0.001);
      }),
    );
  });

  it('is told in the usual ranges', () => {
    fc.assert(
      fc.property(anyTarget, anySite, anyMs, (target, site, ms) => {
        const { altDeg, azDeg, haDeg } = altAz(target, site, ms);
        expect(Math.abs(altDeg)).toBeLessThanOrEqual(90);
        expect(azDeg >= 0 && azDeg < 360).toBe(true);
        expect(haDeg > -180 && haDeg <= 180).toBe(true);
      }),
    );
  });

  it('has an hour angle that grows by 15.04° an hour, negative in the east', () => {
    const ms = Date.parse('2014-04-23T21:08:24Z');
    const target = { raDeg: 202.9277, decDeg: 29.2583 };
    const now = altAz(target, SITES.calern, ms);
    const later = altAz(target, SITES.calern, ms + 3_600_000);
    expect(now.haDeg).toBeCloseTo(-27.2457, 3);
    expect(normalizeSignedDeg(later.haDeg - now.haDeg)).toBeCloseTo(15.041, 3);
  });

  it('does not jump when the hour changes', () => {
    const hour = Date.parse('2026-11-22T20:00:00Z');
    const target = { raDeg: 10.684708, decDeg: 41.26875 };
    const before = altAz(target, SITES.calern, hour - 1);
    const after = altAz(target, SITES.calern, hour);
    expect(arcsecBetween(before, after)).toBeLessThan(0.04);
  });

  it('is the same from a sky prepared once', () => {
    const ms = Date.parse('2026-11-22T20:00:00Z');
    const target = { raDeg: 10.684708, decDeg: 41.26875 };
    expect(skyAt(SITES.chile, ms).altAz(target)).toEqual(altAz(target, SITES.chile, ms));
  });
});

describe('GRB 140423A at Calern, when its notice went out', () => {
  const noticeMs = Date.parse('2014-04-23T21:08:24Z');
  const burst = { raDeg: 202.9277, decDeg: 29.2583 };

  it('stands at 63.9°, 0.2° higher than when it burst', () => {
    const burstMs = Date.parse('2014-04-23T21:07:08Z');
    expect(altAz(burst, SITES.calern, noticeMs).altDeg).toBeCloseTo(63.88, 2);
    expect(altAz(burst, SITES.calern, burstMs).altDeg).toBeCloseTo(63.67, 2);
  });

  it('has a dark sky: Sun below −18°, Moon down', () => {
    expect(sunPosition(SITES.calern, noticeMs).altDeg).toBeLessThan(-18);
    expect(moonPosition(SITES.calern, noticeMs).altDeg).toBeLessThan(0);
  });
});
