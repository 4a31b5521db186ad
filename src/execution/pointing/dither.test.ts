import { describe, expect, it } from 'vitest';
import { lengthOf } from './aim.ts';
import { ditherOffset } from './dither.ts';

describe('the dithers of an album', () => {
  const pattern = Array.from({ length: 40 }, (_, i) => ditherOffset(20, i + 1));

  it('begin on the target', () => {
    expect(pattern[0]).toEqual({ raArcsec: 0, decArcsec: 0 });
  });

  it('stay within the radius', () => {
    for (const offset of pattern) expect(lengthOf(offset)).toBeLessThanOrEqual(20.001);
  });

  it('are the same each time for the same image', () => {
    expect(ditherOffset(20, 7)).toEqual(pattern[6]);
  });

  it('never bring two of forty images nearer than a twentieth of the radius', () => {
    for (const [i, a] of pattern.entries()) {
      for (const b of pattern.slice(i + 1)) {
        const apart = Math.hypot(a.raArcsec - b.raArcsec, a.decArcsec - b.decArcsec);
        expect(apart).toBeGreaterThan(1);
      }
    }
  });

  it('are balanced about the target', () => {
    const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(Math.abs(mean(pattern.map((one) => one.raArcsec)))).toBeLessThan(2);
    expect(Math.abs(mean(pattern.map((one) => one.decArcsec)))).toBeLessThan(2);
  });

  it('are none without a radius', () => {
    expect(ditherOffset(0, 5)).toEqual({ raArcsec: 0, decArcsec: 0 });
  });
});
