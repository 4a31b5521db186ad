import { describe, expect, it } from 'vitest';
import { exposureLight } from './light-path.ts';

const look = { raDeg: 10, decDeg: 20, tracking: true, domeOpen: true };

describe('the light of an exposure', () => {
  it('is whole when the dome stays open and the mount tracks', () => {
    const light = { center: { raDeg: 10, decDeg: 20 }, transmission: 1, trailArcsec: 0 };
    expect(exposureLight(look, look, 60)).toEqual(light);
  });

  it('is halved when the dome was open at one end only', () => {
    expect(exposureLight(look, { ...look, domeOpen: false }, 60).transmission).toBe(0.5);
  });

  it('is none when the dome was not open', () => {
    const closed = { ...look, domeOpen: false };
    expect(exposureLight(closed, closed, 60).transmission).toBe(0);
  });

  it('trails when the mount did not track', () => {
    const still = { ...look, tracking: false };
    expect(exposureLight(still, still, 2).trailArcsec).toBeCloseTo(30.08, 6);
  });

  it('trails when the mount tracked another place at the end', () => {
    expect(exposureLight(look, { ...look, decDeg: 21 }, 600).trailArcsec).toBe(60);
  });
});
