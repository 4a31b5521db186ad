import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { horizonLine, horizonSines, stepAt } from './horizon-line.ts';
import { altAz } from './horizontal.ts';
import { apparentDirections, timeGrid } from './sky-grid.ts';
import { horizonAltAt } from './visibility.ts';

const RAD = Math.PI / 180;
const site = { latDeg: 43.75, lonDeg: 6.92, altitudeM: 1300 };
const startMs = Date.UTC(2026, 10, 22, 16);
const azimuth = fc.double({ min: 0, max: 360, noNaN: true });
/** A surveyor's tenth of a degree: steps too narrow for the arithmetic are not meant. */
const surveyed = fc.integer({ min: 0, max: 3600 }).map((tenths) => tenths / 10);
const points = fc.array(
  fc.record({ azDeg: surveyed, altDeg: fc.double({ min: 0, max: 40, noNaN: true }) }),
  { maxLength: 12 },
);

describe('a prepared horizon', () => {
  it('holds what the points hold, at any azimuth', () => {
    fc.assert(
      fc.property(points, azimuth, (horizon, azDeg) => {
        const line = horizonLine(horizon);
        expect(line.altDeg[stepAt(line, azDeg)]).toBe(horizonAltAt(horizon, azDeg));
      }),
    );
  });

  it('has no step wider than 90°', () => {
    expect([...horizonLine([{ azDeg: 300, altDeg: 7 }]).azDeg]).toEqual([0, 75, 150, 225, 300]);
    expect(horizonLine([]).count).toBe(4);
  });

  it('gives the horizon below a star through the night as its azimuth does', () => {
    const grid = timeGrid(site, { startMs, endMs: startMs + 86_400_000, stepMs: 600_000 });
    const star = fc.record({
      raDeg: azimuth,
      decDeg: fc.double({ min: -89, max: 89, noNaN: true }),
    });
    fc.assert(
      fc.property(points, star, (horizon, target) => {
        const [x = 0, y = 0, z = 0] = apparentDirections([target], startMs + 43_200_000);
        const sines = new Float32Array(grid.count);
        horizonSines({ x, y, z }, { grid, line: horizonLine(horizon) }, sines);
        for (let k = 0; k < grid.count; k++) {
          const { azDeg } = altAz(target, site, startMs + k * grid.stepMs);
          const isOnEdge = horizon.some((point) => Math.abs(point.azDeg - azDeg) < 0.01);
          if (isOnEdge || azDeg < 0.01 || azDeg > 359.99) continue;
          const expected = Math.sin(horizonAltAt(horizon, azDeg) * RAD);
          expect(sines[k]).toBeCloseTo(expected, 6);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('ends for a direction that is none', () => {
    const grid = timeGrid(site, { startMs, endMs: startMs, stepMs: 60_000 });
    const nowhere = { x: Number.NaN, y: 0, z: 0 };
    const out = new Float32Array(1).fill(7);
    horizonSines(nowhere, { grid, line: horizonLine([]) }, out);
    expect([...out]).toEqual([0]);
  });
});
