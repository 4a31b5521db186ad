import type { StoredSequence } from '#request';
import { altAz, horizonAltAt, moonPosition, placeOf, separationDeg, sunPosition } from '#sky';
import type { Unit } from '#unit';

/** What is looked at before the telescope moves. Instants are UTC ms. */
export interface StartCheck {
  readonly sequence: Pick<
    StoredSequence,
    'skyTarget' | 'targetFault' | 'windowStartMs' | 'windowEndMs' | 'limits'
  >;
  readonly unit: Pick<Unit, 'site' | 'horizon' | 'night'>;
  /** When it begins and ends if it is begun now. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The plan follows the sky by steps of a minute, and an observation may begin a little late: what it
 * promised is not refused for so little.
 */
const MARGIN_DEG = 0.5;
const MARGIN_MS = 120_000;
/** The sky is looked at this often from start to end. */
const STEP_MS = 300_000;

/**
 * Why an observation must not begin now, although it was planned: the same rules as the plan's, at the
 * moment itself and as they will be until its end. Null when it may.
 */
export function whyNotStart(check: StartCheck): string | null {
  const { sequence, startMs, endMs } = check;
  const { targetFault, windowStartMs, windowEndMs } = sequence;
  if (targetFault !== '') return `${targetFault}.`;
  if (startMs < windowStartMs - MARGIN_MS) {
    return `its window begins at ${clockText(windowStartMs)}, it would begin at ${clockText(startMs)}.`;
  }
  if (endMs > windowEndMs + MARGIN_MS) {
    return `its window ends at ${clockText(windowEndMs)}, it would end at ${clockText(endMs)}.`;
  }
  for (let ms = startMs; ms < endMs; ms += STEP_MS) {
    const why = whyNotAt(check, ms);
    if (why) return why;
  }
  return whyNotAt(check, endMs);
}

function whyNotAt({ sequence, unit }: StartCheck, ms: number): string | null {
  const { site, horizon, night } = unit;
  const { limits = {} } = sequence;
  const place = placeOf(sequence.skyTarget, site, ms);
  const { altDeg, azDeg } = altAz(place, site, ms);
  const when = `at ${clockText(ms)}`;
  const least = limits.minAltDeg ?? night.minAltDeg;
  if (!(altDeg >= least - MARGIN_DEG)) {
    return `it stands ${degText(altDeg)} high ${when}, below its limit of ${degText(least)}.`;
  }
  const obstacle = horizonAltAt(horizon, azDeg);
  if (!(altDeg >= obstacle - MARGIN_DEG)) {
    return `it stands ${degText(altDeg)} high ${when}, behind the horizon, which is ${degText(obstacle)} high there.`;
  }
  const moon = moonPosition(site, ms);
  const fromMoon = separationDeg(place, moon);
  const moonLimit = limits.moonDistanceDeg ?? night.moonDistanceDeg;
  if (moon.altDeg > 0 && fromMoon < moonLimit - MARGIN_DEG) {
    return `it stands ${degText(fromMoon)} from the Moon ${when}, nearer than ${degText(moonLimit)}.`;
  }
  const fromSun = separationDeg(place, sunPosition(site, ms));
  if (fromSun < (limits.sunDistanceDeg ?? 0) - MARGIN_DEG) {
    return `it stands ${degText(fromSun)} from the Sun ${when}, nearer than ${degText(limits.sunDistanceDeg ?? 0)}.`;
  }
  return null;
}

function degText(value: number): string {
  return `${value.toFixed(1)}°`;
}

function clockText(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 16)} UTC`;
}
