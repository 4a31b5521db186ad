import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASTRONOMICAL_ALT_DEG,
  SUNSET_ALT_DEG,
  sunAltitudeCrossing,
  sunBelow,
  twilightMarks,
} from './night.ts';
import { NIGHTS, SITES } from './reference-sky.ts';
import type { Site } from './site.ts';
import { sunPosition } from './sun-moon.ts';
import { nightBounds } from './time.ts';

const svalbard: Site = { latDeg: 78.2, lonDeg: 15.6, altitudeM: 0 };
const brussels: Site = { latDeg: 50.85, lonDeg: 4.35, altitudeM: 20 };

describe('the marks of a night', () => {
  it.each(NIGHTS)('fall where PyEphem says, within 2 s (%s, %s)', (site, night, expected) => {
    const marks = Object.values(twilightMarks(SITES[site], night));
    expect(marks).toHaveLength(expected.length);
    for (const [i, at] of expected.entries()) {
      expect(Math.abs((marks[i] ?? 0) - Date.parse(at))).toBeLessThan(2000);
    }
  });

  it('are null for the twilights that last until dawn', () => {
    const marks = twilightMarks(brussels, '2026-06-20');
    expect(marks.nauticalDuskMs).not.toBeNull();
    expect(marks.astronomicalDuskMs).toBeNull();
    expect(marks.astronomicalDawnMs).toBeNull();
  });
});

describe('the Sun crossing an elevation', () => {
  it('never happens in the polar day: always above', () => {
    expect(sunAltitudeCrossing(svalbard, '2026-06-20', SUNSET_ALT_DEG)).toEqual({
      downMs: null,
      upMs: null,
      alwaysBelow: false,
      alwaysAbove: true,
    });
  });

  it('never happens in the polar night: always below', () => {
    expect(sunAltitudeCrossing(svalbard, '2026-12-20', SUNSET_ALT_DEG)).toEqual({
      downMs: null,
      upMs: null,
      alwaysBelow: true,
      alwaysAbove: false,
    });
  });

  it('happens at that elevation, down before up, inside the night, anywhere on Earth', () => {
    const site = fc.record({
      latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
      lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
      altitudeM: fc.constant(0),
    });
    const night = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const altitude = fc.double({ min: -18, max: 5, noNaN: true });
    fc.assert(
      fc.property(site, night, altitude, (where, date, altDeg) => {
        const name = date.toISOString().slice(0, 10);
        const { downMs, upMs } = sunAltitudeCrossing(where, name, altDeg);
        const { startMs, endMs } = nightBounds(name, where.lonDeg);
        for (const ms of [downMs, upMs]) {
          if (ms === null) continue;
          expect(Math.abs(sunPosition(where, ms).altDeg - altDeg)).toBeLessThan(0.001);
          expect(ms >= startMs && ms <= endMs).toBe(true);
        }
        if (downMs !== null && upMs !== null) expect(upMs).toBeGreaterThan(downMs);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the stretch with the Sun below an elevation', () => {
  it('runs from the crossing down to the crossing up', () => {
    const crossing = sunAltitudeCrossing(SITES.calern, '2014-04-23', ASTRONOMICAL_ALT_DEG);
    expect(sunBelow(SITES.calern, '2014-04-23', ASTRONOMICAL_ALT_DEG)).toEqual({
      startMs: crossing.downMs,
      endMs: crossing.upMs,
    });
  });

  it('is the whole night in the polar night, and nothing in the polar day', () => {
    expect(sunBelow(svalbard, '2026-12-20', -0.833)).toEqual(nightBounds('2026-12-20', 15.6));
    expect(sunBelow(svalbard, '2026-06-20', -0.833)).toBeNull();
  });
});
