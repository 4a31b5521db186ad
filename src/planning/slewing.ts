import type { RaDec } from '#sky';
import { slewSecondsBetween, type Transition } from './transition.ts';
import type { Direction } from './visibility/target-path.ts';

const RAD = Math.PI / 180;

/** The unit vector of a place, on ICRS axes. */
export function directionOf({ raDeg, decDeg }: RaDec): Direction {
  const cosDec = Math.cos(decDeg * RAD);
  return [cosDec * Math.cos(raDeg * RAD), cosDec * Math.sin(raDeg * RAD), Math.sin(decDeg * RAD)];
}

/** The angle between two directions, degrees; the chord keeps small angles exact. */
export function distanceDeg(a: Direction, b: Direction): number {
  const [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const chord = Math.sqrt(x * x + y * y + z * z);
  return (2 * Math.asin(Math.min(1, chord / 2))) / RAD;
}

/** Milliseconds that a slew adds between two blocks, rounded up; none from or to nowhere. */
export type SlewMs = (from: Direction | null, to: Direction | null) => number;

export function slewing(transition: Transition | undefined): SlewMs {
  if (transition === undefined) return () => 0;
  return (from, to) =>
    from === null || to === null
      ? 0
      : Math.ceil(1000 * slewSecondsBetween(distanceDeg(from, to), transition));
}
