import {
  Body,
  C_AUDAY,
  Vector as EngineVector,
  HelioState,
  RotateVector,
  Rotation_EQD_EQJ,
} from 'astronomy-engine';
import { astroTime } from './time.ts';
import type { Vector } from './vector.ts';

/** How the Earth stands and moves among the stars; ICRS axes. */
export interface EarthState {
  /** The true equinox of date. */
  readonly equinox: Vector;
  /** On the true equator of date, 90° east of the equinox. */
  readonly east: Vector;
  /** The true pole of date. */
  readonly pole: Vector;
  /** Velocity in units of the speed of light: what makes the aberration. */
  readonly beta: Vector;
}

const HOUR_MS = 3_600_000;
const KEPT_HOURS = 128;
const kept = new Map<number, EarthState>();

/**
 * Precession, nutation and velocity of the Earth, as they are in the middle of the instant's UTC
 * hour: within an hour they change the place of a star by less than 0.02″. Computed once an hour
 * and remembered, because a night of elevation curves asks for the same hours again and again. The
 * Sun's own motion (0.01″), light bending and the ICRS frame bias (0.02″) are left out.
 */
export function earthState(ms: number): EarthState {
  const hour = Math.floor(ms / HOUR_MS);
  const known = kept.get(hour);
  if (known) return known;
  if (kept.size >= KEPT_HOURS) kept.clear();
  const state = compute((hour + 0.5) * HOUR_MS);
  kept.set(hour, state);
  return state;
}

function compute(ms: number): EarthState {
  const time = astroTime(ms);
  const ofDate = Rotation_EQD_EQJ(time);
  const axis = (x: number, y: number, z: number): Vector =>
    RotateVector(ofDate, new EngineVector(x, y, z, time));
  const { vx, vy, vz } = HelioState(Body.Earth, time);
  return {
    equinox: axis(1, 0, 0),
    east: axis(0, 1, 0),
    pole: axis(0, 0, 1),
    beta: { x: vx / C_AUDAY, y: vy / C_AUDAY, z: vz / C_AUDAY },
  };
}
