import type { AltAz } from './horizontal.ts';

/** The air at the telescope, which bends the light. */
export interface Air {
  readonly pressureHPa: number;
  readonly temperatureC: number;
}

const RAD = Math.PI / 180;
/** The air for which both formulas were written. */
const USUAL: Air = { pressureHPa: 1010, temperatureC: 10 };
/** Where the formulas end: a little below the horizon, true and seen. */
const LOWEST_TRUE_DEG = -1;
const LOWEST_SEEN_DEG = -0.35;

/** The air of the standard atmosphere (ISO 2533) at a height, metres: right within about 10 %. */
export function standardAir(altitudeM: number): Air {
  const pressureHPa = 1013.25 * Math.max(0, 1 - 2.25577e-5 * altitudeM) ** 5.25588;
  return { pressureHPa, temperatureC: 15 - 0.0065 * altitudeM };
}

/**
 * How much higher a direction is seen than it is, degrees, from its true elevation: Saemundsson, 1986,
 * Sky & Telescope 72, 70, within 5 % of what ERFA computes above 15°; nearer to the horizon the air of
 * the day decides. Below the horizon it fades to 0 at the nadir.
 */
export function refractionDeg(trueAltDeg: number, air: Air = USUAL): number {
  const saemundsson = (deg: number) => 1.02 * cotangent(deg + 10.3 / (deg + 5.11));
  return bend(trueAltDeg, LOWEST_TRUE_DEG, saemundsson) * thickness(air);
}

/**
 * The same from the elevation at which the direction is seen: Bennett, 1982, Journal of Navigation 35,
 * 255. The two formulas undo each other within 0.1′ from the horizon up.
 */
export function refractionOfSeenDeg(seenAltDeg: number, air: Air = USUAL): number {
  const bennett = (deg: number) => cotangent(deg + 7.31 / (deg + 4.4));
  return bend(seenAltDeg, LOWEST_SEEN_DEG, bennett) * thickness(air);
}

/** Where a true direction is seen; the azimuth and all else stay. */
export function refracted<Place extends AltAz>(place: Place, air?: Air): Place {
  return { ...place, altDeg: place.altDeg + refractionDeg(place.altDeg, air) };
}

/** Where a direction that is seen truly is. */
export function unrefracted<Place extends AltAz>(place: Place, air?: Air): Place {
  return { ...place, altDeg: place.altDeg - refractionOfSeenDeg(place.altDeg, air) };
}

/** A formula of arcminutes, in degrees: never negative, and straight to 0 at the nadir. */
function bend(altDeg: number, lowestDeg: number, arcmin: (altDeg: number) => number): number {
  if (altDeg < lowestDeg) return (arcmin(lowestDeg) / 60) * ((90 + altDeg) / (90 + lowestDeg));
  return Math.max(0, arcmin(altDeg)) / 60;
}

function thickness({ pressureHPa, temperatureC }: Air): number {
  return (pressureHPa / 1010) * (283 / (273 + temperatureC));
}

function cotangent(deg: number): number {
  return 1 / Math.tan(deg * RAD);
}
