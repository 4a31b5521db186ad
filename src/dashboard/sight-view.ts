import { iso } from '#platform';
import type { StoredSequence } from '#request';
import {
  elevationCurve,
  horizonAltAt,
  moonPosition,
  placeOf,
  type RaDec,
  skyBrightness,
  sunBelow,
} from '#sky';
import type { Unit } from '#unit';
import { bodyTrack } from './body-track.ts';
import { elevationCurves } from './elevation-view.ts';
import type { SequenceSight } from './schedule-page.ts';
import { type Hindrance, outside, type Stretch, sightSteps, stretchesOf } from './sight-steps.ts';

/** What the sight of a sequence depends on. */
export interface SightQuestion {
  readonly sequence: StoredSequence;
  readonly unit: Unit;
  readonly night: string;
  /** What the charts of the night span. */
  readonly span: Stretch;
}

/** A step of the visibility line is never wrong by more. */
const STEP_MS = 60_000;

/** The visibility line of a sequence through the night, by steps, and its elevation. */
export function sequenceSight(question: SightQuestion): SequenceSight {
  const { sequence, unit, span } = question;
  const place = placeOf(sequence.skyTarget, unit.site, middleOf(span));
  const isThere = Number.isFinite(place.raDeg) && Number.isFinite(place.decDeg);
  const [curve] = isThere ? elevationCurves([sequence.skyTarget], unit.site, span) : [];
  const known = { question, place, limits: limitsOf(question) };
  return {
    sequenceId: sequence.id,
    name: sequence.name,
    program: sequence.program,
    isAlert: sequence.isAlert,
    priority: sequence.priority,
    target: sequence.target.name,
    raDeg: isThere ? place.raDeg : null,
    decDeg: isThere ? place.decDeg : null,
    window: { start: instantOf(sequence.windowStartMs), end: instantOf(sequence.windowEndMs) },
    durationSeconds: sequence.durationSeconds,
    startMode: sequence.startMode,
    minAltDeg: known.limits.minAltDeg,
    highest: isThere ? highestOf(known) : null,
    curve: curve ?? { start: iso(span.startMs), stepSeconds: 600, altDeg: [] },
    steps: sightSteps(span, [
      ...timeHindrances(question),
      ...(isThere ? skyHindrances(known) : [nowhere(question)]),
    ]),
  };
}

interface Known {
  readonly question: SightQuestion;
  readonly place: RaDec;
  readonly limits: Limits;
}

interface Limits {
  readonly minAltDeg: number;
  readonly moonDistanceDeg: number;
  readonly sunDistanceDeg: number;
  /** V magnitudes per square arcsecond; null: any sky will do. */
  readonly darkMag: number | null;
}

/** Its own limits, or those of the unit. */
function limitsOf({ sequence, unit }: SightQuestion): Limits {
  return {
    minAltDeg: sequence.limits?.minAltDeg ?? unit.night.minAltDeg,
    moonDistanceDeg: sequence.limits?.moonDistanceDeg ?? unit.night.moonDistanceDeg,
    sunDistanceDeg: sequence.limits?.sunDistanceDeg ?? 0,
    darkMag: sequence.limits?.skyBrightness ?? null,
  };
}

function nowhere({ sequence, span }: SightQuestion): Hindrance {
  return { ...span, code: 'INVALID', text: sequence.targetFault || 'its target has no place' };
}

/** Not dark, and outside its own window. */
function timeHindrances({ sequence, unit, night, span }: SightQuestion): Hindrance[] {
  const dark = sunBelow(unit.site, night, unit.night.scienceSunAltDeg);
  const window = { startMs: sequence.windowStartMs, endMs: sequence.windowEndMs };
  return [
    ...outside(span, dark).map((one) => ({ ...one, code: 'NIGHT', text: 'not dark' })),
    ...outside(span, window).map((one) => ({ ...one, code: 'WINDOW', text: 'out of window' })),
  ];
}

/** Too low, behind the horizon, too near to the Moon or the Sun, before too bright a sky. */
function skyHindrances({ question, place, limits }: Known): Hindrance[] {
  const { sequence, unit, span } = question;
  const { minAltDeg, moonDistanceDeg, sunDistanceDeg, darkMag } = limits;
  const track = elevationCurve({ ...span, target: place, site: unit.site, stepSeconds: 60 });
  const alt = (i: number) => track.altDeg[i] ?? -90;
  const isBehind = (i: number) => alt(i) < horizonAltAt(unit.horizon, track.azDeg[i] ?? 0);
  const moon = bodyTrack('Moon', sequence.skyTarget, { site: unit.site, span });
  const sun = bodyTrack('Sun', sequence.skyTarget, { site: unit.site, span });
  const ms = (i: number) => span.startMs + i * STEP_MS;
  const isNearMoon = (i: number) => moon(ms(i)).altDeg > 0 && moon(ms(i)).awayDeg < moonDistanceDeg;
  const moonIllumination = moonPosition(unit.site, middleOf(span)).illumination;
  const isBright = (i: number) => {
    if (darkMag === null || alt(i) <= 0) return false;
    const { altDeg: moonAltDeg, awayDeg: moonDistanceDeg } = moon(ms(i));
    const sunAltDeg = sun(ms(i)).altDeg;
    const light = { altDeg: alt(i), sunAltDeg, moonAltDeg, moonDistanceDeg, moonIllumination };
    return skyBrightness(light) < darkMag;
  };
  const samples = { startMs: span.startMs, stepMs: STEP_MS, count: track.altDeg.length };
  const where = (code: string, text: string, isSo: (i: number) => boolean): Hindrance[] =>
    stretchesOf(samples, isSo).map((one) => ({ ...one, code, text }));
  return [
    ...where('ELEVATION', `below ${minAltDeg}°`, (i) => alt(i) < minAltDeg),
    ...where('HORIZON', 'behind the horizon', (i) => alt(i) >= minAltDeg && isBehind(i)),
    ...where('MOON', `Moon within ${moonDistanceDeg}°`, isNearMoon),
    ...where('SUN', `Sun within ${sunDistanceDeg}°`, (i) => sun(ms(i)).awayDeg < sunDistanceDeg),
    ...where('SKY_BRIGHTNESS', 'sky too bright', isBright),
  ];
}

function highestOf({ question, place }: Known): SequenceSight['highest'] {
  const { unit, night } = question;
  const dark = sunBelow(unit.site, night, unit.night.scienceSunAltDeg);
  if (!dark) return null;
  const { altDeg } = elevationCurve({ ...dark, target: place, site: unit.site, stepSeconds: 60 });
  const top = Math.max(...altDeg);
  if (!Number.isFinite(top)) return null;
  const at = iso(dark.startMs + altDeg.indexOf(top) * STEP_MS);
  return { at, altDeg: Math.round(top * 10) / 10 };
}

/** What any console may have written as a date need not be one. */
function instantOf(ms: number): string | null {
  return Number.isFinite(ms) ? iso(ms) : null;
}

function middleOf({ startMs, endMs }: Stretch): number {
  return (startMs + endMs) / 2;
}
