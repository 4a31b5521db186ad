import { describe, expect, it } from 'vitest';
import type { SkyTarget } from './target.ts';
import { checkTarget } from './target-check.ts';

const point = (ms: number, raDeg = 10, decDeg = 20) => ({ ms, raDeg, decDeg });
const ephemeris = (...points: ReturnType<typeof point>[]): SkyTarget => ({
  kind: 'EPHEMERIS',
  points,
});

describe('a target that can be observed', () => {
  it.each<SkyTarget>([
    { raDeg: 0, decDeg: -90 },
    { kind: 'FIXED', raDeg: 359.999, decDeg: 90, pmRaMasPerYear: -801, pmDecMasPerYear: 10362 },
    { raDeg: 10, decDeg: 20, epoch: 2016 },
    { kind: 'BODY', body: 'Moon' },
    ephemeris(point(1)),
    ephemeris(point(1), point(2, 359, -3)),
  ])('is not objected to: %o', (target) => {
    expect(checkTarget(target)).toBeNull();
  });
});

describe('a target that cannot be observed', () => {
  it.each<[SkyTarget, string]>([
    [{ raDeg: Number.NaN, decDeg: 0 }, 'right ascension is not a number'],
    [{ raDeg: 360, decDeg: 0 }, 'less than 360'],
    [{ raDeg: -1, decDeg: 0 }, 'right ascension is -1'],
    [{ raDeg: 1, decDeg: 90.1 }, 'declination is 90.1'],
    [{ raDeg: 1, decDeg: Number.NaN }, 'declination is not a number'],
    [{ raDeg: 1, decDeg: 2, pmRaMasPerYear: Number.NaN }, 'proper motion is not a number'],
    [{ raDeg: 1, decDeg: 2, pmDecMasPerYear: 1e6 }, 'within 20000'],
    [{ raDeg: 1, decDeg: 2, epoch: Number.POSITIVE_INFINITY }, 'epoch is not a number'],
    [ephemeris(), 'empty'],
    [ephemeris(point(1), point(2, 10, 91)), 'Point 2 of the ephemeris is wrong'],
    [ephemeris(point(2), point(1)), 'sort them by time'],
    [ephemeris(point(1), point(1)), 'not later than the one before'],
    [ephemeris(point(Number.NaN)), 'no instant'],
  ])('is told why: %o', (target, words) => {
    expect(checkTarget(target)).toContain(words);
  });

  it('is told which bodies there are', () => {
    const pluto = JSON.parse('{"kind":"BODY","body":"Pluto"}') as SkyTarget;
    expect(checkTarget(pluto)).toContain('"Pluto" is not a body that can be observed');
    expect(checkTarget(pluto)).toContain('Neptune');
  });

  it('is told which forms there are', () => {
    const comet = JSON.parse('{"kind":"COMET"}') as SkyTarget;
    expect(checkTarget(comet)).toBe(
      '"COMET" is no form of target: write FIXED, BODY or EPHEMERIS.',
    );
  });
});
