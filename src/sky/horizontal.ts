import { aberrate, unaberrate } from './aberration.ts';
import type { RaDec } from './angles.ts';
import { normalizeDeg } from './angles.ts';
import { type EarthState, earthState } from './earth.ts';
import type { Site } from './site.ts';
import { siderealHours } from './time.ts';
import { combine, dot, fromSpherical, toSpherical, type Vector } from './vector.ts';

/** Where a direction stands in the sky of a site, degrees, without refraction. */
export interface Horizontal {
  /** Above the horizon, [−90, 90]. */
  readonly altDeg: number;
  /** North 0, east 90, in [0, 360). */
  readonly azDeg: number;
  /** Hour angle, west positive, in (−180, 180]. */
  readonly haDeg: number;
}

/** A direction from the ground. */
export type AltAz = Pick<Horizontal, 'altDeg' | 'azDeg'>;

/** The sky of one site at one instant, prepared for many questions. */
export interface Sky {
  /** Local apparent sidereal time, hours in [0, 24). */
  readonly siderealHours: number;
  /** Where an ICRS direction stands. */
  altAz(target: RaDec): Horizontal;
  /** The ICRS direction that stands there: the inverse of `altAz`. */
  icrs(direction: AltAz): RaDec;
  /** Where an apparent direction stands: ICRS axes, aberration already in it. */
  altAzOfApparent(apparent: Vector): Horizontal;
}

/**
 * The sky of a site at an instant (UTC ms). Precession, nutation (5 terms of IAU 2000B) and annual
 * aberration are applied; refraction, polar motion, UT1−UTC and diurnal aberration (0.3″) are not.
 * Within 1″ of the full theory for UT1 = UTC.
 */
export function skyAt(site: Site, ms: number): Sky {
  const earth = earthState(ms);
  const lst = siderealHours(ms, site.lonDeg, site.dut1Seconds);
  const axes = localAxes(earth, lst, site.latDeg);
  const altAzOfApparent = (apparent: Vector) => project(axes, apparent);
  return {
    siderealHours: lst,
    altAzOfApparent,
    altAz: (target) => altAzOfApparent(aberrate(fromSpherical(target.raDeg, target.decDeg), earth)),
    icrs: (direction) => {
      const { lonDeg, latDeg } = toSpherical(unaberrate(lift(axes, direction), earth));
      return { raDeg: normalizeDeg(lonDeg), decDeg: latDeg };
    },
  };
}

/** Where an ICRS direction stands; prefer `skyAt` for many directions at one instant. */
export function altAz(target: RaDec, site: Site, ms: number): Horizontal {
  return skyAt(site, ms).altAz(target);
}

/** The ICRS direction that stands at an elevation and azimuth. */
export function horizontalToIcrs(direction: AltAz, site: Site, ms: number): RaDec {
  return skyAt(site, ms).icrs(direction);
}

/** The directions that matter on the ground, on ICRS axes. */
interface LocalAxes {
  /** On the equator, due south for a northern site: hour angle 0. */
  readonly meridian: Vector;
  readonly west: Vector;
  readonly north: Vector;
  readonly zenith: Vector;
}

function localAxes(earth: EarthState, lstHours: number, latDeg: number): LocalAxes {
  const turn = fromSpherical(lstHours * 15, 0);
  const tilt = fromSpherical(latDeg, 0);
  const meridian = combine([turn.x, earth.equinox], [turn.y, earth.east]);
  return {
    meridian,
    west: combine([turn.y, earth.equinox], [-turn.x, earth.east]),
    north: combine([tilt.x, earth.pole], [-tilt.y, meridian]),
    zenith: combine([tilt.y, earth.pole], [tilt.x, meridian]),
  };
}

function project(axes: LocalAxes, apparent: Vector): Horizontal {
  const west = dot(apparent, axes.west);
  const local = { x: dot(apparent, axes.north), y: -west, z: dot(apparent, axes.zenith) };
  const { lonDeg, latDeg } = toSpherical(local);
  const ha = toSpherical({ x: dot(apparent, axes.meridian), y: west, z: 0 }).lonDeg;
  return { altDeg: latDeg, azDeg: normalizeDeg(lonDeg), haDeg: ha };
}

function lift(axes: LocalAxes, { altDeg, azDeg }: AltAz): Vector {
  const local = fromSpherical(azDeg, altDeg);
  const level = combine([local.x, axes.north], [-local.y, axes.west]);
  return combine([1, level], [local.z, axes.zenith]);
}
