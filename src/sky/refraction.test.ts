import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  refracted,
  refractionDeg,
  refractionOfSeenDeg,
  standardAir,
  unrefracted,
} from './refraction.ts';

const arcmin = (deg: number) => deg * 60;

describe('refraction', () => {
  // ERFA refco with 1010 hPa, 10 °C, 50 % humidity, 0.55 µm.
  it.each([
    [80, 0.17],
    [45, 0.965],
    [30, 1.667],
    [20, 2.628],
    [15, 3.538],
  ])('of a star at %d° is %d′, within 5 %', (altDeg, expected) => {
    expect(Math.abs(arcmin(refractionDeg(altDeg)) / expected - 1)).toBeLessThan(0.05);
  });

  it('is 34′ for a star that is seen on the horizon, 29′ for one that is on it', () => {
    expect(arcmin(refractionOfSeenDeg(0))).toBeCloseTo(34.5, 0);
    expect(arcmin(refractionDeg(0))).toBeCloseTo(29, 0);
  });

  it('is none at the zenith and at the nadir', () => {
    expect(refractionDeg(90)).toBe(0);
    expect(refractionOfSeenDeg(90)).toBe(0);
    expect(refractionDeg(-90)).toBeCloseTo(0, 12);
  });

  it('is undone within 0.1′ from the horizon up, in any air', () => {
    const altitude = fc.double({ min: -0.5, max: 90, noNaN: true });
    fc.assert(
      fc.property(altitude, (altDeg) => {
        const back = unrefracted(refracted({ altDeg, azDeg: 12 }));
        expect(Math.abs(arcmin(back.altDeg - altDeg))).toBeLessThan(0.11);
        expect(back.azDeg).toBe(12);
      }),
    );
  });

  it('never turns the order of two stars, above or below the horizon', () => {
    let before = -91;
    for (let altDeg = -90; altDeg <= 90; altDeg += 0.05) {
      const seen = refracted({ altDeg, azDeg: 0 }).altDeg;
      expect(seen).toBeGreaterThan(before);
      before = seen;
    }
  });

  it('is less in thin air and in warm air', () => {
    const usual = refractionDeg(20);
    expect(refractionDeg(20, { pressureHPa: 505, temperatureC: 10 })).toBeCloseTo(usual / 2, 9);
    expect(refractionDeg(20, { pressureHPa: 1010, temperatureC: 30 })).toBeLessThan(usual);
  });

  it('is that of the standard air at the height of the site', () => {
    const { pressureHPa, temperatureC } = standardAir(2400);
    expect(pressureHPa).toBeCloseTo(756, 0);
    expect(temperatureC).toBeCloseTo(-0.6, 9);
  });
});
