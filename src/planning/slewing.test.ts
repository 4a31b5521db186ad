import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separationDeg } from '#sky';
import { directionOf, distanceDeg, slewing } from './slewing.ts';

const anyPlace = fc.record({
  raDeg: fc.double({ min: 0, max: 360, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
});

const transition = {
  slewDegPerSecond: 3,
  slewAccelDegPerSecond2: Number.POSITIVE_INFINITY,
  settleSeconds: 5,
  domeDegPerSecond: Number.POSITIVE_INFINITY,
  wheelSeconds: 0,
};

describe('the distance of two directions', () => {
  it('is the angle between their places', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (a, b) => {
        const between = distanceDeg(directionOf(a), directionOf(b));
        expect(between).toBeCloseTo(separationDeg(a, b), 5);
      }),
    );
  });

  it('is exact for the smallest ones', () => {
    const [a, b] = [
      directionOf({ raDeg: 10, decDeg: 0 }),
      directionOf({ raDeg: 10, decDeg: 1e-6 }),
    ];
    expect(distanceDeg(a, b)).toBeCloseTo(1e-6, 12);
  });
});

describe('a slew', () => {
  const slewMs = slewing(transition);
  const at = (raDeg: number) => directionOf({ raDeg, decDeg: 0 });

  it('is what the distance adds to the setup, rounded up to whole milliseconds', () => {
    expect(slewMs(at(0), at(10))).toBe(3334);
    expect(slewMs(at(0), at(0))).toBe(0);
  });

  it('takes no time from or to what has no place', () => {
    expect([slewMs(null, at(10)), slewMs(at(10), null)]).toEqual([0, 0]);
  });

  it('takes no time where nothing is said about the telescope', () => {
    expect(slewing(undefined)(at(0), at(180))).toBe(0);
  });
});
