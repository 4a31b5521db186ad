import { fromSpherical, toSpherical } from './vector.ts';

/** A direction among the stars, ICRS degrees unless its owner says otherwise. */
export interface RaDec {
  readonly raDeg: number;
  readonly decDeg: number;
}

const RAD = Math.PI / 180;

/** The same angle in [0, 360). */
export function normalizeDeg(deg: number): number {
  return ((deg % 360) + 360) % 360;
}

/** The same angle in (−180, 180]. */
export function normalizeSignedDeg(deg: number): number {
  const turned = normalizeDeg(deg);
  return turned > 180 ? turned - 360 : turned;
}

/** The angle between two directions, degrees in [0, 180]; exact for tiny and for opposite ones. */
export function separationDeg(a: RaDec, b: RaDec): number {
  const away = toFrameOf(a, b);
  return Math.atan2(Math.hypot(away.east, away.north), away.ahead) / RAD;
}

/** The bearing of `to` seen from `from`, degrees in [0, 360), north 0 and east 90. */
export function positionAngleDeg(from: RaDec, to: RaDec): number {
  const away = toFrameOf(from, to);
  return normalizeDeg(Math.atan2(away.east, away.north) / RAD);
}

/** The direction reached from `from` after `distanceDeg` along the bearing `positionAngleDeg`. */
export function offsetBy(from: RaDec, positionAngleDeg: number, distanceDeg: number): RaDec {
  const east = sin(distanceDeg) * sin(positionAngleDeg);
  const north = sin(distanceDeg) * cos(positionAngleDeg);
  const ahead = cos(distanceDeg);
  const { lonDeg, latDeg } = toSpherical({
    x: ahead * cos(from.decDeg) - north * sin(from.decDeg),
    y: east,
    z: ahead * sin(from.decDeg) + north * cos(from.decDeg),
  });
  return { raDeg: normalizeDeg(from.raDeg + lonDeg), decDeg: latDeg };
}

/** The unit vector to `b` along east, north and line of sight as they are at `a`. */
function toFrameOf(a: RaDec, b: RaDec): { east: number; north: number; ahead: number } {
  const v = fromSpherical(b.raDeg - a.raDeg, b.decDeg);
  return {
    east: v.y,
    north: v.z * cos(a.decDeg) - v.x * sin(a.decDeg),
    ahead: v.z * sin(a.decDeg) + v.x * cos(a.decDeg),
  };
}

function sin(deg: number): number {
  return Math.sin(deg * RAD);
}

function cos(deg: number): number {
  return Math.cos(deg * RAD);
}
