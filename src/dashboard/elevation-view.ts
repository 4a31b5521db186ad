import { iso } from '#platform';
import {
  apparentDirections,
  moonPosition,
  placeOf,
  type Site,
  type SkyTarget,
  sineElevations,
  timeGrid,
} from '#sky';
import type { ElevationCurve } from './schedule-page.ts';
import type { Stretch } from './sight-steps.ts';

/** A curve of straight lines over 10 minutes is within 0.1° of the elevation: less than a pixel. */
const STEP_SECONDS = 600;

/** Elevations of targets through a span, degrees, without refraction. */
export function elevationCurves(
  targets: readonly SkyTarget[],
  site: Site,
  span: Stretch,
): ElevationCurve[] {
  const grid = timeGrid(site, { ...span, stepMs: STEP_SECONDS * 1000 });
  const middleMs = (span.startMs + span.endMs) / 2;
  const places = targets.map((target) => placeOf(target, site, middleMs));
  const sines = sineElevations(apparentDirections(places, middleMs), site.latDeg, grid);
  return targets.map((_, i) => {
    const own = sines.subarray(i * grid.count, (i + 1) * grid.count);
    return curveOf(span.startMs, Array.from(own, degreesOfSine));
  });
}

/** The Moon's elevation through a span, parallax included, degrees. */
export function moonCurve(site: Site, { startMs, endMs }: Stretch): ElevationCurve {
  const count = Math.max(0, Math.floor((endMs - startMs) / 1000 / STEP_SECONDS) + 1);
  const instants = Array.from({ length: count }, (_, i) => startMs + i * STEP_SECONDS * 1000);
  return curveOf(
    startMs,
    instants.map((ms) => moonPosition(site, ms).altDeg),
  );
}

function curveOf(startMs: number, altDeg: readonly number[]): ElevationCurve {
  return { start: iso(startMs), stepSeconds: STEP_SECONDS, altDeg: altDeg.map(tenth) };
}

function degreesOfSine(sine: number): number {
  return (Math.asin(Math.min(1, Math.max(-1, sine))) * 180) / Math.PI;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
