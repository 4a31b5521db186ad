import {
  apparentDirections,
  placeOf,
  type RaDec,
  type SkyTarget,
  type SkyTrack,
  sineElevations,
  sineElevationsAlong,
  skyTrack,
  type TimeGrid,
} from '#sky';
import type { NightFrame } from './night-frame.ts';

/** A target through a night, on the night's grid. */
export interface TargetPath {
  /** Apparent place: one for a star, one at every step for what moves. */
  readonly places: Place | SkyTrack;
  /** Sine of the elevation at every step, without refraction. */
  readonly sines: Float32Array;
}

/** Unit vector of a place, on ICRS axes. */
export type Direction = readonly [x: number, y: number, z: number];

/** A vector in the frame of the night: true equator and equinox of date. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const RAD = Math.PI / 180;

/** Follows stars: they stand still among the stars for a night. */
export function starPaths(places: readonly RaDec[], frame: NightFrame): TargetPath[] {
  const { grid, site, midMs } = frame;
  const all = apparentDirections(places, midMs);
  const sines = sineElevations(all, site.latDeg, grid);
  const part = (index: number): number => all[index] as number;
  return places.map((_, i) => ({
    places: { x: part(3 * i), y: part(3 * i + 1), z: part(3 * i + 2) },
    sines: sines.subarray(i * grid.count, (i + 1) * grid.count),
  }));
}

/** Follows what moves among the stars. */
export function movingPath(placeAt: (ms: number) => RaDec, grid: TimeGrid): TargetPath {
  const places = skyTrack(placeAt, grid);
  return { places, sines: sineElevationsAlong(places, grid) };
}

/** Follows a planet or an ephemeris. */
export function pathOfMoving(target: SkyTarget, { site, grid }: NightFrame): TargetPath {
  return movingPath((ms) => placeOf(target, site, ms), grid);
}

/** Whether a path stands still among the stars. */
export function isStill(places: TargetPath['places']): places is Place {
  return typeof places.x === 'number';
}

/** Where the target of a path is at a step. */
export function placeAt({ places }: TargetPath, step: number): Place {
  if (isStill(places)) return places;
  const { x, y, z } = places;
  return { x: x[step] as number, y: y[step] as number, z: z[step] as number };
}

/** The unit vector of a place. */
export function directionOf({ raDeg, decDeg }: RaDec): Direction {
  const cosDec = Math.cos(decDeg * RAD);
  return [cosDec * Math.cos(raDeg * RAD), cosDec * Math.sin(raDeg * RAD), Math.sin(decDeg * RAD)];
}
