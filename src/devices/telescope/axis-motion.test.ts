import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisAt, axisBrake, axisMotion } from './axis-motion.ts';

const limits = { speed: 8, acceleration: 2 };
const still = { deg: 0, speed: 0 };

describe('the motion of an axis', () => {
  it('takes two ramps and a cruise over a long way', () => {
    expect(axisMotion(still, 120, limits).seconds).toBeCloseTo(120 / 8 + 8 / 2, 9);
  });

  it('never reaches full speed over a short way', () => {
    const motion = axisMotion(still, 8, limits);
    expect(motion.seconds).toBeCloseTo(4, 9);
    expect(axisAt(motion, 2)).toEqual({ deg: 4, speed: 4 });
  });

  it('is over at once where it begins', () => {
    expect(axisMotion(still, 0, limits).seconds).toBe(0);
  });

  it('brakes before it turns back', () => {
    const motion = axisMotion({ deg: 10, speed: 8 }, 0, limits);
    expect(motion.brakedDeg).toBe(26);
    expect(axisAt(motion, 4).deg).toBe(26);
    expect(axisAt(motion, 4).speed).toBeCloseTo(0, 9);
  });

  it('comes to rest at v²/2a when it only brakes', () => {
    const brake = axisBrake({ deg: 0, speed: -8 }, limits);
    expect(brake.seconds).toBe(4);
    expect(axisAt(brake, 10)).toEqual({ deg: -16, speed: 0 });
  });

  it('never jumps, never exceeds its speed, and ends at its aim', () => {
    const degrees = fc.double({ min: -400, max: 400, noNaN: true });
    const speed = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(degrees, speed, degrees, (deg, turning, toDeg) => {
        const motion = axisMotion({ deg, speed: turning }, toDeg, limits);
        const step = motion.seconds / 200;
        for (let i = 0; i < 200; i++) {
          const before = axisAt(motion, i * step);
          const after = axisAt(motion, (i + 1) * step);
          expect(Math.abs(after.speed)).toBeLessThanOrEqual(8 + 1e-9);
          expect(Math.abs(after.deg - before.deg)).toBeLessThanOrEqual(8 * step + 1e-6);
        }
        expect(axisAt(motion, motion.seconds)).toEqual({ deg: toDeg, speed: 0 });
      }),
      { numRuns: 50 },
    );
  });
});
