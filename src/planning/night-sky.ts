import { moonPosition, type RaDec, type Site, type Sky, separationDeg, skyAt } from '#sky';
import type { Curve } from './curve.ts';
import type { Interval } from './interval.ts';

/** The sky of a night, computed once for all targets. */
export interface NightSky {
  readonly startMs: number;
  readonly skies: readonly Sky[];
  readonly moons: readonly RaDec[];
  readonly moonAltDeg: Curve;
}

/** A target through the night, degrees. */
export interface Track {
  readonly altDeg: Curve;
  /** Unwrapped: it may leave 0 to 360 so as never to jump. */
  readonly azDeg: Curve;
  readonly moonDistanceDeg: Curve;
  readonly moonAltDeg: Curve;
}

/** Straight lines over 5 minutes are within 0.03° of an elevation, even 3° from the zenith. */
const skyStepMs = 300_000;
/** The Moon moves by 0.3° among the stars meanwhile. */
const moonStepMs = 1_800_000;

/** Prepares the sky of a site over a span of time. */
export function nightSky(site: Site, span: Interval): NightSky {
  const { startMs } = span;
  const skies = instants(span, skyStepMs).map((ms) => skyAt(site, ms));
  const moons = instants(span, moonStepMs).map((ms) => moonPosition(site, ms));
  const altitudes = Float64Array.from(moons, (moon) => moon.altDeg);
  return { startMs, skies, moons, moonAltDeg: { startMs, stepMs: moonStepMs, values: altitudes } };
}

/** Follows a target through a prepared night. */
export function trackOf(target: RaDec, sky: NightSky): Track {
  const places = sky.skies.map((each) => each.altAz(target));
  const { startMs, moonAltDeg } = sky;
  const curve = (stepMs: number, values: Float64Array): Curve => ({ startMs, stepMs, values });
  return {
    altDeg: curve(
      skyStepMs,
      Float64Array.from(places, (place) => place.altDeg),
    ),
    azDeg: curve(skyStepMs, unwrapped(places.map((place) => place.azDeg))),
    moonDistanceDeg: curve(
      moonStepMs,
      Float64Array.from(sky.moons, (moon) => separationDeg(moon, target)),
    ),
    moonAltDeg,
  };
}

/** From the start to just past the end. */
function instants(span: Interval, stepMs: number): number[] {
  const count = Math.max(0, Math.ceil((span.endMs - span.startMs) / stepMs)) + 1;
  return Array.from({ length: count }, (_, i) => span.startMs + i * stepMs);
}

function unwrapped(azimuths: readonly number[]): Float64Array {
  let turns = 0;
  return Float64Array.from(azimuths, (az, i) => {
    const change = az - (azimuths[i - 1] ?? az);
    if (change > 180) turns -= 360;
    if (change < -180) turns += 360;
    return az + turns;
  });
}
