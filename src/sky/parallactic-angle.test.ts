import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from './horizontal.ts';
import { parallacticAngleDeg } from './parallactic-angle.ts';

const RAD = Math.PI / 180;
const site = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1300 };
const noonMs = Date.UTC(2000, 0, 1, 12);

describe('the parallactic angle', () => {
  it('is positive in the west and negative in the east', () => {
    expect(parallacticAngleDeg({ altDeg: 40, azDeg: 250 }, 43)).toBeGreaterThan(0);
    expect(parallacticAngleDeg({ altDeg: 40, azDeg: 110 }, 43)).toBeLessThan(0);
  });

  it('is 0 on the meridian south of the zenith, 180° north of it', () => {
    expect(parallacticAngleDeg({ altDeg: 40, azDeg: 180 }, 43)).toBeCloseTo(0, 9);
    expect(Math.abs(parallacticAngleDeg({ altDeg: 70, azDeg: 0 }, 43))).toBeCloseTo(180, 9);
  });

  it('is that of the hour angle and the declination', () => {
    const ra = fc.double({ min: 0, max: 359, noNaN: true });
    const dec = fc.double({ min: -80, max: 80, noNaN: true });
    fc.assert(
      fc.property(ra, dec, (raDeg, decDeg) => {
        // J2000: the equator of the catalogue is that of the date, but for aberration and nutation.
        const place = altAz({ raDeg, decDeg }, site, noonMs);
        fc.pre(place.altDeg < 85);
        const lat = site.latDeg * RAD;
        const [ha, delta] = [place.haDeg * RAD, decDeg * RAD];
        const up = Math.tan(lat) * Math.cos(delta) - Math.sin(delta) * Math.cos(ha);
        const expected = Math.atan2(Math.sin(ha), up) / RAD;
        const difference = (parallacticAngleDeg(place, site.latDeg) - expected) * RAD;
        expect(Math.cos(difference)).toBeGreaterThan(0.9999);
      }),
    );
  });
});
