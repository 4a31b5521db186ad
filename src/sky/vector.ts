/** A direction or a velocity in some frame; directions have unit length. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const RAD = Math.PI / 180;

/** The unit vector of a longitude-like and a latitude-like angle, degrees. */
export function fromSpherical(lonDeg: number, latDeg: number): Vector {
  const cosLat = Math.cos(latDeg * RAD);
  return {
    x: cosLat * Math.cos(lonDeg * RAD),
    y: cosLat * Math.sin(lonDeg * RAD),
    z: Math.sin(latDeg * RAD),
  };
}

/** The angles of a vector, degrees: longitude in (−180, 180], latitude in [−90, 90]. */
export function toSpherical(v: Vector): { lonDeg: number; latDeg: number } {
  return {
    lonDeg: Math.atan2(v.y, v.x) / RAD,
    latDeg: Math.atan2(v.z, Math.hypot(v.x, v.y)) / RAD,
  };
}

export function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

/** `a·u + b·v`, as `[a, u], [b, v]`. */
export function combine([a, u]: Term, [b, v]: Term): Vector {
  return { x: a * u.x + b * v.x, y: a * u.y + b * v.y, z: a * u.z + b * v.z };
}

/** A vector with its factor. */
type Term = readonly [factor: number, vector: Vector];

export function unit(v: Vector): Vector {
  const length = Math.sqrt(dot(v, v));
  return { x: v.x / length, y: v.y / length, z: v.z / length };
}
