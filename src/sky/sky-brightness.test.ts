import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SkyLight, skyBrightness, skyBrightnessAt, twilightMag } from './sky-brightness.ts';

const dark: SkyLight = {
  altDeg: 90,
  sunAltDeg: -40,
  moonAltDeg: -20,
  moonDistanceDeg: 90,
  moonIllumination: 0.5,
};
const moonlit: SkyLight = {
  altDeg: 60,
  sunAltDeg: -40,
  moonAltDeg: 50,
  moonDistanceDeg: 60,
  moonIllumination: 1,
};
const anyLight = fc.record({
  altDeg: fc.double({ min: -5, max: 90, noNaN: true }),
  sunAltDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  moonAltDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  moonDistanceDeg: fc.double({ min: 0, max: 180, noNaN: true }),
  moonIllumination: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the expected brightness of the sky', () => {
  it('is that of the site at the zenith, without Moon and Sun', () => {
    expect(skyBrightness(dark)).toBeCloseTo(21.6, 3);
    expect(skyBrightness(dark, { darkMag: 21.21 })).toBeCloseTo(21.21, 3);
  });

  it('is half a magnitude brighter at 30° by the airglow', () => {
    expect(skyBrightness({ ...dark, altDeg: 30 })).toBeCloseTo(21.06, 1);
  });

  it('is 18 to 19 at 60° from a full Moon, and the night is dark at new moon', () => {
    expect(skyBrightness(moonlit)).toBeGreaterThan(18);
    expect(skyBrightness(moonlit)).toBeLessThan(19);
    expect(skyBrightness({ ...moonlit, moonIllumination: 0 })).toBeGreaterThan(21.3);
  });

  it('is that of the ESO sky calculator, 18.01 at the zenith 45° from a full Moon, within 0.3', () => {
    const light = { ...moonlit, altDeg: 90, moonAltDeg: 45, moonDistanceDeg: 45 };
    expect(Math.abs(skyBrightness(light) - 18.01)).toBeLessThan(0.3);
  });

  it('is two magnitudes fainter under half a Moon than under a full one', () => {
    const half = skyBrightness({ ...moonlit, moonIllumination: 0.5 });
    expect(half - skyBrightness(moonlit)).toBeCloseTo(2.1, 0);
  });

  it('owes nothing to a Moon below the horizon', () => {
    const down = { ...moonlit, moonAltDeg: -0.1 };
    expect(skyBrightness(down)).toBe(skyBrightness({ ...down, moonDistanceDeg: 5 }));
  });

  // The V polynomial for Paranal, whose dark sky of 21.6 is in it.
  it.each([
    [-6, 13.3],
    [-9, 17],
    [-12, 19.67],
    [-15, 21.32],
  ])('in twilight, with the Sun at %d°, is %d at the zenith', (sunAltDeg, mag) => {
    expect(skyBrightness({ ...dark, sunAltDeg })).toBeCloseTo(mag, 1);
  });

  it('owes nothing to a Sun below −18°, and passes there without a step', () => {
    expect(skyBrightness({ ...dark, sunAltDeg: -18 })).toBe(skyBrightness(dark));
    const above = skyBrightness({ ...dark, sunAltDeg: -17.999 });
    expect(skyBrightness(dark) - above).toBeLessThan(0.02);
  });

  it('grows with the Sun, up to the day', () => {
    for (let sunAltDeg = -17; sunAltDeg <= 10; sunAltDeg += 0.25) {
      const higher = skyBrightness({ ...dark, sunAltDeg: sunAltDeg + 0.25 });
      expect(higher).toBeLessThan(skyBrightness({ ...dark, sunAltDeg }));
    }
  });

  it('grows towards the Moon, within 90°', () => {
    for (let deg = 1; deg < 90; deg++) {
      const closer = skyBrightness({ ...moonlit, moonDistanceDeg: deg });
      expect(closer).toBeLessThan(skyBrightness({ ...moonlit, moonDistanceDeg: deg + 1 }) + 0.05);
    }
  });

  it('grows with the lit part of the Moon', () => {
    for (let lit = 0; lit < 1; lit += 0.05) {
      const more = skyBrightness({ ...moonlit, moonIllumination: lit + 0.05 });
      expect(more).toBeLessThan(skyBrightness({ ...moonlit, moonIllumination: lit }));
    }
  });

  it('is a number between day and dark for any sky', () => {
    fc.assert(
      fc.property(anyLight, (light) => {
        const mag = skyBrightness(light);
        expect(mag).toBeLessThanOrEqual(21.601);
        expect(mag).toBeGreaterThan(3.5);
      }),
    );
  });

  it('is found from the instant for a direction at a site', () => {
    const site = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1300 };
    const zenith = { altDeg: 90, azDeg: 0 };
    const newMoon = { site, ms: Date.parse('2026-11-09T23:00:00Z') };
    const fullMoon = { site, ms: Date.parse('2026-11-24T23:00:00Z') };
    const day = { site, ms: Date.parse('2026-11-09T12:00:00Z') };
    expect(skyBrightnessAt(zenith, newMoon)).toBeCloseTo(21.6, 2);
    expect(skyBrightnessAt(zenith, newMoon, { darkMag: 20 })).toBeCloseTo(20, 2);
    expect(skyBrightnessAt(zenith, fullMoon)).toBeLessThan(19);
    expect(skyBrightnessAt(zenith, day)).toBeLessThan(5);
  });
});

describe('the sunlight in the air alone', () => {
  it('is none in the astronomical night', () => {
    expect(twilightMag(-18)).toBeNull();
  });

  it('makes up the sky of the zenith with what is dark', () => {
    const flux = (mag: number) => 10 ** (-0.4 * mag);
    const both = flux(twilightMag(-12) ?? 99) + flux(skyBrightness({ ...dark, sunAltDeg: -40 }));
    expect(-2.5 * Math.log10(both)).toBeCloseTo(skyBrightness({ ...dark, sunAltDeg: -12 }), 4);
  });
});
