import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalizeDeg,
  normalizeSignedDeg,
  offsetBy,
  positionAngleDeg,
  type RaDec,
  separationDeg,
} from './angles.ts';

const anyAngle = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const anyDirection = fc.record({
  raDeg: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
});
const at = (raDeg: number, decDeg: number): RaDec => ({ raDeg, decDeg });

describe('an angle', () => {
  it('is brought into [0, 360) without leaving its direction', () => {
    fc.assert(
      fc.property(anyAngle, (deg) => {
        const turned = normalizeDeg(deg);
        expect(turned).toBeGreaterThanOrEqual(0);
        expect(turned).toBeLessThan(360);
        expect(Math.cos(((turned - deg) * Math.PI) / 180)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('stays below 360 when it is barely negative', () => {
    expect(normalizeDeg(-1e-17)).toBe(0);
  });

  it('is brought into (−180, 180]', () => {
    expect([-180, 180, 181, 359, -1, 540].map(normalizeSignedDeg)).toEqual([
      180, 180, -179, -1, -1, 180,
    ]);
  });
});

describe('the separation of two directions', () => {
  // Truth: ERFA seps and pas.
  it.each([
    [at(10, 20), at(10.001, 20.001), 0.00137223, 43.218917],
    [at(83.63, 22.01), at(279.2347, 38.7837), 117.47213279, 346.329392],
    [at(350, -10), at(10, 10), 28.21208852, 45.438549],
  ])('agrees with ERFA, with its bearing (%o to %o)', (a, b, separation, bearing) => {
    expect(separationDeg(a, b)).toBeCloseTo(separation, 7);
    expect(positionAngleDeg(a, b)).toBeCloseTo(bearing, 5);
  });

  it('goes over the pole', () => {
    expect(separationDeg(at(0, 89.9), at(180, 89.9))).toBeCloseTo(0.2, 10);
  });

  it('is the same both ways', () => {
    fc.assert(
      fc.property(anyDirection, anyDirection, (a, b) => {
        expect(separationDeg(a, b)).toBeCloseTo(separationDeg(b, a), 9);
      }),
    );
  });

  it('is what an offset went through', () => {
    const distance = fc.double({ min: 0, max: 180, noNaN: true });
    fc.assert(
      fc.property(anyDirection, anyAngle, distance, (from, bearing, deg) => {
        expect(separationDeg(from, offsetBy(from, bearing, deg))).toBeCloseTo(deg, 8);
      }),
    );
  });

  it('keeps the bearing of an offset', () => {
    const from = at(359.9, 40);
    expect(positionAngleDeg(from, offsetBy(from, 77, 3))).toBeCloseTo(77, 9);
  });
});
