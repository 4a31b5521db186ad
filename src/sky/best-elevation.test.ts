import { describe, expect, it } from 'vitest';
import { bestElevation } from './best-elevation.ts';
import { altAz } from './horizontal.ts';
import { transits } from './transit.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.parse('2026-11-22T18:00:00Z');
const night = { startMs, endMs: startMs + 12 * 3_600_000 };
const crab = { raDeg: 83.63, decDeg: 22.01 };

describe('the best elevation of a target', () => {
  it('is at its transit when that lies in the stretch', () => {
    const [transitMs = 0] = transits(crab, site, night);
    const best = bestElevation(crab, site, night);
    expect(Math.abs((best?.atMs ?? 0) - transitMs)).toBeLessThan(1000);
    expect(best?.altDeg).toBeCloseTo(altAz(crab, site, transitMs).altDeg, 6);
    expect(best?.azDeg).toBeCloseTo(180, 0);
  });

  it('is at the start for a star that sinks, at the end for one that climbs', () => {
    const evening = { startMs, endMs: startMs + 3_600_000 };
    expect(bestElevation({ raDeg: 280, decDeg: 38 }, site, evening)?.atMs).toBe(evening.startMs);
    expect(bestElevation(crab, site, evening)?.atMs).toBe(evening.endMs);
  });

  it('is the higher of two ends about a lower culmination', () => {
    const star = { raDeg: 280, decDeg: 60 };
    const best = bestElevation(star, site, { startMs, endMs: startMs + 10 * 3_600_000 });
    const ends = [startMs, startMs + 10 * 3_600_000].map((ms) => altAz(star, site, ms).altDeg);
    expect(best?.altDeg).toBe(Math.max(...ends));
  });

  it('is the only one in a stretch of one instant, and none in an empty one', () => {
    expect(bestElevation(crab, site, { startMs, endMs: startMs })?.atMs).toBe(startMs);
    expect(bestElevation(crab, site, { startMs, endMs: startMs - 1 })).toBeNull();
  });
});
