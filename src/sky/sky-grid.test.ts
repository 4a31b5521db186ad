import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from './horizontal.ts';
import { apparentDirections, sineElevationOf, sineElevations, timeGrid } from './sky-grid.ts';

const RAD = Math.PI / 180;
const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.parse('2026-11-22T17:00:00Z');
const night = { startMs, endMs: startMs + 12 * 3_600_000, stepMs: 600_000 };
const midMs = startMs + 6 * 3_600_000;
const star = fc.record({
  raDeg: fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true }),
  decDeg: fc.double({ min: -90, max: 90, noNaN: true }),
});

describe('a grid of time', () => {
  it('goes from the start to the end, and never past it', () => {
    expect(timeGrid(site, night).count).toBe(73);
    expect(timeGrid(site, { ...night, endMs: startMs + 1_199_999 }).count).toBe(2);
  });

  it('is empty when the end comes first', () => {
    expect(timeGrid(site, { ...night, endMs: startMs - 1 }).count).toBe(0);
  });

  it.each([0, -60_000, Number.NaN])('cannot step by %d ms', (stepMs) => {
    expect(() => timeGrid(site, { ...night, stepMs })).toThrow('cannot step');
  });

  it('cannot have an endless night', () => {
    expect(() => timeGrid(site, { ...night, endMs: Number.POSITIVE_INFINITY })).toThrow('cannot');
  });
});

describe('the elevations on a grid', () => {
  it('are those of each star at each instant, within 0.5″', () => {
    const grid = timeGrid(site, night);
    // A Float32 near 1 has steps of 6e-8, which is 0.012″ at 45°.
    const tolerance = (0.5 / 3600) * RAD;
    const several = fc.array(star, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(several, (targets) => {
        const sines = sineElevations(apparentDirections(targets, midMs), site.latDeg, grid);
        expect(sines).toHaveLength(targets.length * grid.count);
        targets.forEach((target, i) => {
          for (let k = 0; k < grid.count; k += 9) {
            const { altDeg } = altAz(target, site, startMs + k * night.stepMs);
            const sine = sines[i * grid.count + k] ?? Number.NaN;
            expect(Math.abs(sine - Math.sin(altDeg * RAD))).toBeLessThan(tolerance);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('are the same for one star alone, in an array of the caller', () => {
    const grid = timeGrid(site, night);
    const directions = apparentDirections([{ raDeg: 83.63, decDeg: 22.01 }], midMs);
    const [x = 0, y = 0, z = 0] = directions;
    const out = new Float32Array(grid.count + 5).fill(7);
    sineElevationOf({ x, y, z }, grid, out);
    expect(out.subarray(0, grid.count)).toEqual(sineElevations(directions, site.latDeg, grid));
    expect([...out.subarray(grid.count)]).toEqual([7, 7, 7, 7, 7]);
  });

  it('turn with the Earth when UT1 − UTC is given', () => {
    const directions = apparentDirections([{ raDeg: 83.63, decDeg: 22.01 }], midMs);
    const turned = { ...site, dut1Seconds: 0.5 };
    const sines = sineElevations(directions, site.latDeg, timeGrid(turned, night));
    const later = { ...night, startMs: startMs + 500, endMs: night.endMs + 500 };
    const shifted = sineElevations(directions, site.latDeg, timeGrid(site, later));
    expect(sines[7]).toBeCloseTo(shifted[7] ?? 0, 7);
    const still = sineElevations(directions, site.latDeg, timeGrid(site, night));
    expect(Math.abs((sines[7] ?? 0) - (still[7] ?? 0))).toBeGreaterThan(1e-5);
  });

  it('are none without targets', () => {
    expect(sineElevations(new Float64Array(0), site.latDeg, timeGrid(site, night))).toHaveLength(0);
  });
});
