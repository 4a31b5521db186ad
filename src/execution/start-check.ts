import type { SequenceLimits, StoredSequence } from '#request';
import {
  altAz,
  horizonAltAt,
  moonPosition,
  placeOf,
  type RaDec,
  separationDeg,
  sunPosition,
} from '#sky';
import type { Unit } from '#unit';

/** What limits where the telescope may look: the unit's limits, and those of the sequence. */
export interface PlaceLimits {
  readonly unit: Pick<Unit, 'site' | 'horizon' | 'night' | 'mounts'>;
  readonly limits: SequenceLimits;
}

/** What is looked at before the telescope moves. Instants are UTC ms. */
export interface StartCheck {
  readonly sequence: Pick<
    StoredSequence,
    'skyTarget' | 'targetFault' | 'windowStartMs' | 'windowEndMs' | 'limits'
  >;
  readonly unit: PlaceLimits['unit'];
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
  const place = placeOf(sequence.skyTarget, unit.site, ms);
  return whyNotThere(place, { unit, limits: sequence.limits ?? {} }, ms);
}

/** Those of the mount alone: they hold for every motion, whatever it is for. */
export function mountLimits(unit: PlaceLimits['unit']): PlaceLimits {
  const minAltDeg = unit.mounts[0]?.minAltDeg ?? 0;
  const horizon = [{ azDeg: 0, altDeg: minAltDeg }];
  return { unit: { ...unit, horizon }, limits: { minAltDeg, moonDistanceDeg: 0 } };
}

/** Why the telescope must not look at a place at an instant (UTC ms); null when it may. */
export function whyNotThere(
  place: RaDec,
  { unit, limits }: PlaceLimits,
  ms: number,
): string | null {
  const { site, horizon, night } = unit;
  const { altDeg, azDeg, haDeg } = altAz(place, site, ms);
  const when = `at ${clockText(ms)}`;
  const mount = unit.mounts[0];
  const least = Math.max(limits.minAltDeg ?? night.minAltDeg, mount?.minAltDeg ?? 0);
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
  const sunLimit = Math.max(limits.sunDistanceDeg ?? 0, mount?.sunLimitDeg ?? 0);
  if (fromSun < sunLimit - MARGIN_DEG) {
    return `it stands ${degText(fromSun)} from the Sun ${when}, nearer than ${degText(sunLimit)}.`;
  }
  const past = mount?.meridianLimitHours;
  if (past !== undefined && haDeg / 15 > past + MARGIN_DEG / 15) {
    return `it stands ${(haDeg / 15).toFixed(2)} h past the meridian ${when}, beyond the mount's limit of ${past} h.`;
  }
  return null;
}

function degText(value: number): string {
  return `${value.toFixed(1)}°`;
}

function clockText(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 16)} UTC`;
}
