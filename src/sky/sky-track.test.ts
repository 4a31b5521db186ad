import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { apparentDirections, sineElevationOf, timeGrid } from './sky-grid.ts';
import { distanceCosines, sineElevationsAlong, skyTrack } from './sky-track.ts';
import { moonPosition } from './sun-moon.ts';

const RAD = Math.PI / 180;
const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.parse('2026-11-22T17:00:00Z');
const grid = timeGrid(site, { startMs, endMs: startMs + 12 * 3_600_000, stepMs: 60_000 });
const moon = skyTrack((ms) => moonPosition(site, ms), grid);
const star = { raDeg: 83.63, decDeg: 22.01 };
const [x = 0, y = 0, z = 0] = apparentDirections([star], startMs + 6 * 3_600_000);

describe('the track of the Moon', () => {
  it('has the elevation of the Moon at every step, within 2″', () => {
    const sines = sineElevationsAlong(moon, grid);
    for (let k = 0; k < grid.count; k += 7) {
      const { altDeg } = moonPosition(site, startMs + k * grid.stepMs);
      expect(Math.abs((sines[k] ?? 9) - Math.sin(altDeg * RAD))).toBeLessThan((2 / 3600) * RAD);
    }
  });

  it('has the distance of the Moon from a star at every step, within 0.01°', () => {
    const cosines = new Float32Array(grid.count);
    distanceCosines({ x, y, z }, moon, cosines);
    for (let k = 0; k < grid.count; k += 7) {
      const distance = separationDeg(moonPosition(site, startMs + k * grid.stepMs), star);
      expect(Math.acos(cosines[k] ?? 9) / RAD).toBeCloseTo(distance, 2);
    }
  });

  it('asks for the place no oftener than every 10 minutes', () => {
    let asked = 0;
    skyTrack((ms) => {
      asked++;
      return moonPosition(site, ms);
    }, grid);
    expect(asked).toBe(73);
  });
});

describe('the track of what stands still', () => {
  it('has the elevations of a star', () => {
    const expected = new Float32Array(grid.count);
    sineElevationOf({ x, y, z }, grid, expected);
    const sines = sineElevationsAlong(
      skyTrack(() => star, grid),
      grid,
    );
    for (let k = 0; k < grid.count; k += 50) expect(sines[k]).toBeCloseTo(expected[k] ?? 9, 6);
  });

  it('may be one instant long, or empty', () => {
    const once = timeGrid(site, { startMs, endMs: startMs, stepMs: 60_000 });
    expect(skyTrack(() => star, once).x).toHaveLength(1);
    const never = timeGrid(site, { startMs, endMs: startMs - 1, stepMs: 60_000 });
    expect(skyTrack(() => star, never).x).toHaveLength(0);
  });
});
