import { PyrosError } from '#platform';
import { normalizeDeg, type RaDec } from './angles.ts';
import { type AltAz, skyAt } from './horizontal.ts';
import type { Site } from './site.ts';

/** What an elevation curve is of. */
export interface CurveSpan {
  readonly target: RaDec;
  readonly site: Site;
  readonly startMs: number;
  readonly endMs: number;
  readonly stepSeconds: number;
}

/** Elevations and azimuths, degrees; sample `i` is at `startMs + i × stepSeconds × 1000`. */
export interface ElevationCurve {
  readonly startMs: number;
  readonly stepSeconds: number;
  readonly altDeg: Float64Array;
  readonly azDeg: Float64Array;
}

/**
 * Elevation of the local horizon at an azimuth, degrees. It holds by steps, from each point to the
 * next one clockwise, and the last point holds until the first. Without points: 0, a flat sea.
 */
export function horizonAltAt(horizon: readonly AltAz[], azDeg: number): number {
  const az = normalizeDeg(azDeg);
  // Clockwise distance from a point to the asked azimuth: the nearest point behind holds.
  const behind = (point: AltAz) => normalizeDeg(az - normalizeDeg(point.azDeg));
  let holds: AltAz | undefined;
  for (const point of horizon) {
    if (!holds || behind(point) < behind(holds)) holds = point;
  }
  return holds?.altDeg ?? 0;
}

/**
 * Relative air mass at a true (not refracted) elevation, degrees: Young, 1994, Applied Optics 33,
 * 1108, formula for true zenith distance, within 0.004 air mass from the zenith down to the horizon
 * (31.7). Below the horizon: Infinity.
 */
export function airmass(altDeg: number): number {
  if (altDeg < 0) return Number.POSITIVE_INFINITY;
  const c = Math.sin((altDeg * Math.PI) / 180);
  const above = (1.002432 * c + 0.148386) * c + 0.0096467;
  const under = ((c + 0.149864) * c + 0.0102963) * c + 0.000303978;
  return above / under;
}

/**
 * Samples a target from `startMs` to `endMs`, both included when the step falls on the end; empty
 * when the end comes before the start. Throws `BAD_STEP`.
 */
export function elevationCurve(span: CurveSpan): ElevationCurve {
  const { target, site, startMs, endMs, stepSeconds } = span;
  if (!(stepSeconds > 0)) {
    throw new PyrosError('BAD_STEP', `An elevation curve cannot step by ${stepSeconds} s.`, {
      remedy: 'Give a step above 0 s.',
    });
  }
  const count = Math.max(0, Math.floor((endMs - startMs) / (stepSeconds * 1000)) + 1);
  const altDeg = new Float64Array(count);
  const azDeg = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const place = skyAt(site, startMs + i * stepSeconds * 1000).altAz(target);
    altDeg[i] = place.altDeg;
    azDeg[i] = place.azDeg;
  }
  return { startMs, stepSeconds, altDeg, azDeg };
}
