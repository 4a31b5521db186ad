import type { EarthState } from './earth.ts';
import { combine, dot, unit, type Vector } from './vector.ts';

/** A star seems displaced towards where the Earth goes, to first order in v/c (0.002″). */
export function aberrate(direction: Vector, { beta }: EarthState): Vector {
  return unit(combine([1, direction], [1, beta]));
}

/** The unit vector that `aberrate` turns into `apparent`: `k·apparent − beta` of length one. */
export function unaberrate(apparent: Vector, { beta }: EarthState): Vector {
  const along = dot(apparent, beta);
  const k = along + Math.sqrt(along * along + 1 - dot(beta, beta));
  return combine([k, apparent], [-1, beta]);
}
