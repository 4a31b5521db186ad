import { apparentDirections, type BodyName, placeOf, type RaDec, sunPosition } from '#sky';
import type { NightFrame } from './night-frame.ts';
import { sampleAt } from './samples.ts';
import type { Place } from './target-path.ts';

/** The nights after this one, roughly: good to a day, for advice about dates. */
export interface ComingNights {
  /** By day: 0 is this night. */
  readonly sun: readonly Place[];
  /** Half of the dark, radians of the Earth's turn; 0 when there is none. */
  readonly halfDark: Float64Array;
  /** A body in the middle of the night. */
  body(name: BodyName, day: number): Place;
}

/** How many nights are looked at: a year and a few. */
export const nightsAhead = 370;

const DAY_MS = 86_400_000;
/** The Sun moves by 8° in this time, on an arc that a straight line follows to 0.1°. */
const SUN_DAYS = 8;
const ASTRONOMICAL_DUSK = Math.sin((-18 * Math.PI) / 180);

/**
 * Looks ahead from a night, with as much twilight as this one accepts: `sunSines` is the Sun on the
 * night's grid.
 */
export function comingNights(night: NightFrame, sunSines: Float32Array): ComingNights {
  const { site, midMs } = night;
  const frame = (place: RaDec): Place => {
    const [x = 0, y = 0, z = 1] = apparentDirections([place], midMs);
    return { x, y, z };
  };
  const knots = Array.from({ length: Math.ceil(nightsAhead / SUN_DAYS) + 1 }, (_, i) =>
    frame(sunPosition(site, midMs + i * SUN_DAYS * DAY_MS)),
  );
  const sun = Array.from({ length: nightsAhead + 1 }, (_, day) => between(knots, day / SUN_DAYS));
  const duskSine = duskSineOf(night, sunSines);
  const bodies = new Map<string, Place>();
  return {
    sun,
    halfDark: Float64Array.from(sun, (place) => halfDark(place, duskSine, night)),
    body: (name, day) => {
      const key = `${name} ${day}`;
      const target = { kind: 'BODY', body: name } as const;
      const place = bodies.get(key) ?? frame(placeOf(target, site, midMs + day * DAY_MS));
      bodies.set(key, place);
      return place;
    },
  };
}

/**
 * The longest stretch, radians of the Earth's turn, of a night with a place above a given sine of
 * elevation; a place of date.
 */
export function longestUp(
  { sun, halfDark }: ComingNights,
  day: number,
  { ra, halfUp }: { readonly ra: number; readonly halfUp: number },
): number {
  const dark = halfDark[day] ?? 0;
  const { x, y } = sun[day] ?? { x: 1, y: 0 };
  // The middle of the night is when the Sun is lowest.
  const away = Math.abs(wrapped(ra - Math.atan2(-y, -x)));
  const length = (centre: number): number =>
    Math.min(dark, centre + halfUp) - Math.max(-dark, centre - halfUp);
  return Math.max(0, length(away), length(away - 2 * Math.PI));
}

/** Half of the time that a place is above a sine of elevation, radians; 0 never, π always. */
export function halfUpOf({ z }: Place, sine: number, { grid }: NightFrame): number {
  const cosDec = Math.sqrt(Math.max(0, 1 - z * z));
  return halfArc((sine - grid.sinLat * z) / Math.max(1e-12, grid.cosLat * cosDec));
}

/** The angle whose cosine is at least this. */
function halfArc(cosine: number): number {
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

function halfDark(sun: Place, duskSine: number, night: NightFrame): number {
  return Math.PI - halfUpOf(sun, duskSine, night);
}

/** The Sun's elevation at which this night begins and ends, as a sine. */
function duskSineOf({ dark, grid }: NightFrame, sunSines: Float32Array): number {
  if (dark.endMs <= dark.startMs) return ASTRONOMICAL_DUSK;
  const begins = sampleAt(sunSines, grid, dark.startMs);
  const ends = sampleAt(sunSines, grid, dark.endMs);
  return Math.min(0, Math.max(ASTRONOMICAL_DUSK, begins, ends));
}

function between(knots: readonly Place[], position: number): Place {
  const index = Math.floor(position);
  const from = knots[index] ?? { x: 1, y: 0, z: 0 };
  const to = knots[index + 1] ?? from;
  const at = (a: number, b: number): number => a + (position - index) * (b - a);
  const [x, y, z] = [at(from.x, to.x), at(from.y, to.y), at(from.z, to.z)];
  const length = Math.hypot(x, y, z);
  return { x: x / length, y: y / length, z: z / length };
}

function wrapped(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.round(angle / turn);
}
