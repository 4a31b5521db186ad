import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from './horizontal.ts';
import type { SkyTarget } from './target.ts';
import { placeOf } from './target-place.ts';
import { transits } from './transit.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;

describe('the meridian transits of a target', () => {
  it('are where the hour angle is 0, once a sidereal day, for a star anywhere', () => {
    const star = fc.record({
      raDeg: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
      decDeg: fc.double({ min: -60, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(star, (target) => {
        const found = transits(target, site, { startMs, endMs: startMs + 3 * DAY_MS });
        expect([3, 4]).toContain(found.length);
        for (const ms of found) expect(Math.abs(altAz(target, site, ms).haDeg)).toBeLessThan(2e-5);
        const gaps = found.slice(1).map((ms, i) => (ms - (found[i] ?? 0)) / 1000);
        for (const gap of gaps) expect(Math.abs(gap - 86_164.1)).toBeLessThan(1);
      }),
    );
  });

  it.each<SkyTarget>([
    { kind: 'BODY', body: 'Moon' },
    { kind: 'BODY', body: 'Jupiter' },
  ])('follow what moves among the stars: %o', (target) => {
    const found = transits(target, site, { startMs, endMs: startMs + 10 * DAY_MS });
    expect(found.length).toBeGreaterThanOrEqual(9);
    for (const ms of found) {
      expect(Math.abs(altAz(placeOf(target, site, ms), site, ms).haDeg)).toBeLessThan(2e-5);
    }
  });

  it('are none in a stretch too short for one, nor in an empty one', () => {
    const star = { raDeg: 83.63, decDeg: 22.01 };
    const [atMs = 0] = transits(star, site, { startMs, endMs: startMs + DAY_MS });
    expect(transits(star, site, { startMs: atMs + 1000, endMs: atMs + 3_600_000 })).toEqual([]);
    expect(transits(star, site, { startMs, endMs: startMs - DAY_MS })).toEqual([]);
  });

  it('are refused for an endless stretch', () => {
    const endless = { startMs, endMs: Number.POSITIVE_INFINITY };
    expect(() => transits({ raDeg: 1, decDeg: 2 }, site, endless)).toThrow('cannot be followed');
  });
});
