import type { RaDec } from './angles.ts';
import { apparentDirections, type TimeGrid } from './sky-grid.ts';
import type { Vector } from './vector.ts';

/** What moves among the stars, at every step of a grid: apparent directions, almost of length one. */
export interface SkyTrack {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/**
 * Places are asked every 10 minutes at most and joined by straight lines: the Moon, which goes by
 * 0.1° meanwhile, stays within 1″ of its way.
 */
const KNOT_MS = 600_000;

/** Follows what moves over a grid: the Moon, the Sun, a planet, an ephemeris. */
export function skyTrack(placeAt: (ms: number) => RaDec, grid: TimeGrid): SkyTrack {
  const { startMs, stepMs, count } = grid;
  const lengthMs = Math.max(0, count - 1) * stepMs;
  const parts = Math.max(1, Math.ceil(lengthMs / KNOT_MS));
  const knotMs = lengthMs / parts;
  const places = Array.from({ length: parts + 1 }, (_, i) => placeAt(startMs + i * knotMs));
  const knots = apparentDirections(places, startMs + lengthMs / 2);
  const along = (axis: number) =>
    Float64Array.from({ length: count }, (_, k) =>
      between(knots, axis, knotMs === 0 ? 0 : (k * stepMs) / knotMs),
    );
  return { x: along(0), y: along(1), z: along(2) };
}

/** Sine of the elevation along a track, as `sineElevations` gives it for what stands still. */
export function sineElevationsAlong(track: SkyTrack, grid: TimeGrid): Float32Array {
  const { count, cosLst, sinLst, cosLat, sinLat } = grid;
  const out = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    const x = (track.x[k] as number) * (cosLst[k] as number);
    const y = (track.y[k] as number) * (sinLst[k] as number);
    out[k] = cosLat * (x + y) + sinLat * (track.z[k] as number);
  }
  return out;
}

/**
 * Cosine of the distance between an apparent direction and what moves, at every step: compare it
 * with the cosine of a limit. Written into `out`, which is at least as long as the grid.
 */
export function distanceCosines(direction: Vector, track: SkyTrack, out: Float32Array): void {
  const { x, y, z } = direction;
  for (let k = 0; k < track.x.length; k++) {
    out[k] = x * (track.x[k] as number) + y * (track.y[k] as number) + z * (track.z[k] as number);
  }
}

function between(knots: Float64Array, axis: number, position: number): number {
  const last = knots.length / 3 - 1;
  const knot = Math.min(Math.floor(position), last - 1);
  const from = knots[3 * knot + axis] as number;
  const to = knots[3 * knot + 3 + axis] as number;
  return from + (position - knot) * (to - from);
}
