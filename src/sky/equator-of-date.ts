import { aberrate, unaberrate } from './aberration.ts';
import { normalizeDeg, type RaDec } from './angles.ts';
import { earthState } from './earth.ts';
import { combine, dot, fromSpherical, toSpherical } from './vector.ts';

/**
 * Where an ICRS direction appears among the axes of the true equator and equinox of date, aberration
 * included: what mounts call "JNow".
 */
export function icrsToDate(place: RaDec, ms: number): RaDec {
  const earth = earthState(ms);
  const apparent = aberrate(fromSpherical(place.raDeg, place.decDeg), earth);
  const { lonDeg, latDeg } = toSpherical({
    x: dot(apparent, earth.equinox),
    y: dot(apparent, earth.east),
    z: dot(apparent, earth.pole),
  });
  return { raDeg: normalizeDeg(lonDeg), decDeg: latDeg };
}

/** The inverse of {@link icrsToDate}. */
export function dateToIcrs(place: RaDec, ms: number): RaDec {
  const earth = earthState(ms);
  const { x, y, z } = fromSpherical(place.raDeg, place.decDeg);
  const level = combine([x, earth.equinox], [y, earth.east]);
  const { lonDeg, latDeg } = toSpherical(unaberrate(combine([1, level], [z, earth.pole]), earth));
  return { raDeg: normalizeDeg(lonDeg), decDeg: latDeg };
}
