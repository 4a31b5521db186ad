import { crossings } from './crossing.ts';
import type { Site } from './site.ts';
import { sunPosition } from './sun-moon.ts';
import { nightBounds } from './time.ts';

/** When the Sun goes below an elevation and comes back, within one night (noon to noon). */
export interface SunCrossing {
  /** First way down, UTC ms; null when there is none. */
  readonly downMs: number | null;
  /** First way up after it (or of the night, when there is no way down), UTC ms. */
  readonly upMs: number | null;
  /** No crossing: the Sun stays below all night (polar night). */
  readonly alwaysBelow: boolean;
  /** No crossing: the Sun stays above all night (polar day, or a twilight that lasts till dawn). */
  readonly alwaysAbove: boolean;
}

/** The marks of a night, UTC ms; null where the Sun does not cross that elevation. */
export interface TwilightMarks {
  readonly sunsetMs: number | null;
  readonly civilDuskMs: number | null;
  readonly nauticalDuskMs: number | null;
  readonly astronomicalDuskMs: number | null;
  readonly astronomicalDawnMs: number | null;
  readonly nauticalDawnMs: number | null;
  readonly civilDawnMs: number | null;
  readonly sunriseMs: number | null;
}

/** Elevation of the Sun's centre at its almanac rise and set: 34′ of refraction, 16′ of radius. */
export const SUNSET_ALT_DEG = -0.833;
export const CIVIL_ALT_DEG = -6;
export const NAUTICAL_ALT_DEG = -12;
export const ASTRONOMICAL_ALT_DEG = -18;

/** A dip that fits between two samples is at most 0.03° deep: too little to matter. */
const STEP_MS = 600_000;

/** Sunset to sunrise of a night; twilights are of the Sun's centre, without refraction. */
export function twilightMarks(site: Site, night: string): TwilightMarks {
  const elevation = sunElevation(site);
  const at = (altDeg: number) => crossingOf(elevation, nightBounds(night, site.lonDeg), altDeg);
  const sun = at(SUNSET_ALT_DEG);
  const civil = at(CIVIL_ALT_DEG);
  const nautical = at(NAUTICAL_ALT_DEG);
  const astronomical = at(ASTRONOMICAL_ALT_DEG);
  return {
    sunsetMs: sun.downMs,
    civilDuskMs: civil.downMs,
    nauticalDuskMs: nautical.downMs,
    astronomicalDuskMs: astronomical.downMs,
    astronomicalDawnMs: astronomical.upMs,
    nauticalDawnMs: nautical.upMs,
    civilDawnMs: civil.upMs,
    sunriseMs: sun.upMs,
  };
}

/**
 * When the Sun's centre passes below `altDeg` and back, without refraction. Near a pole a night may
 * hold only one of the two.
 */
export function sunAltitudeCrossing(site: Site, night: string, altDeg: number): SunCrossing {
  const { latDeg, lonDeg, altitudeM, dut1Seconds = 0 } = site;
  const key = `${latDeg} ${lonDeg} ${altitudeM} ${dut1Seconds} ${night} ${altDeg}`;
  const known = crossingsKnown.get(key);
  if (known) return known;
  const crossing = crossingOf(sunElevation(site), nightBounds(night, site.lonDeg), altDeg);
  if (crossingsKnown.size >= MOST_KNOWN) crossingsKnown.clear();
  crossingsKnown.set(key, crossing);
  return crossing;
}

/** The same few are asked for all night long; nothing else goes into one than its key says. */
const crossingsKnown = new Map<string, SunCrossing>();
const MOST_KNOWN = 64;

/**
 * The stretch of a night with the Sun below `altDeg`, cut at the two noons; null when the Sun stays
 * above. Where a polar noon splits it in two, the longer part.
 */
export function sunBelow(
  site: Site,
  night: string,
  altDeg: number,
): { startMs: number; endMs: number } | null {
  const crossing = sunAltitudeCrossing(site, night, altDeg);
  if (crossing.alwaysAbove) return null;
  const bounds = nightBounds(night, site.lonDeg);
  return { startMs: crossing.downMs ?? bounds.startMs, endMs: crossing.upMs ?? bounds.endMs };
}

function crossingOf(
  elevation: (ms: number) => number,
  bounds: { startMs: number; endMs: number },
  altDeg: number,
): SunCrossing {
  const found = crossings((ms) => elevation(ms) - altDeg, { ...bounds, stepMs: STEP_MS });
  const down = found.find((crossing) => !crossing.rising);
  // Ways down and ways up alternate.
  const up = down ? found[found.indexOf(down) + 1] : found[0];
  const below = elevation(bounds.startMs) < altDeg;
  return {
    downMs: down?.atMs ?? null,
    upMs: up?.atMs ?? null,
    alwaysBelow: found.length === 0 && below,
    alwaysAbove: found.length === 0 && !below,
  };
}

/** The Sun's elevation at a site, remembering what was asked: four marks share their samples. */
function sunElevation(site: Site): (ms: number) => number {
  const known = new Map<number, number>();
  return (ms) => {
    const elevation = known.get(ms) ?? sunPosition(site, ms).altDeg;
    known.set(ms, elevation);
    return elevation;
  };
}
