import { describe, expect, it } from 'vitest';
import { horizonPath, moonPath, skyPoint, starRadius } from './sky-projection.ts';

const at = (azDeg: number, altDeg: number) => {
  const { x, y } = skyPoint({ azDeg, altDeg }, 100);
  return [Math.round(x) + 0, Math.round(y) + 0];
};

describe('the sky on a disc', () => {
  it('has the zenith at its centre', () => expect(at(123, 90)).toEqual([0, 0]));
  it('has north up', () => expect(at(0, 0)).toEqual([0, -100]));
  it('has east on the left', () => expect(at(90, 0)).toEqual([-100, 0]));
  it('has 45° half way to the edge', () => expect(at(180, 45)).toEqual([0, 50]));
});

describe('the local horizon', () => {
  it('is drawn finely enough to be round', () => {
    const path = horizonPath(
      [
        { azDeg: 0, altDeg: 10 },
        { azDeg: 180, altDeg: 20 },
      ],
      100,
    );
    expect(path.split('L').length).toBeGreaterThanOrEqual(360);
  });

  it('starts at its first point', () => {
    expect(horizonPath([{ azDeg: 0, altDeg: 9 }], 100)).toContain('M0.0 -90.0');
  });

  it('is nothing without points', () => expect(horizonPath([], 100)).toBe(''));
});

describe('marks of the sky', () => {
  it('draw bright stars larger', () => {
    expect(starRadius(0)).toBeGreaterThan(starRadius(3));
    expect(starRadius(9)).toBeGreaterThan(0);
  });

  it('draw the half Moon with a straight terminator', () => {
    expect(moonPath(0.5, 10)).toContain('A0.00 10');
  });

  it('draw a full Moon as a whole disc', () => {
    expect(moonPath(1, 10)).toBe('M0 -10A10 10 0 0 1 0 10A10.00 10 0 0 1 0 -10Z');
  });
});
