import type { Interval } from '../interval.ts';
import type { PlanSequence } from '../schedule.ts';
import { secondsText } from '../wording.ts';
import type { Subject } from './constraint.ts';

/** The least elevation of a sequence: its own, or that of the unit, degrees. */
export function minAltOf({ sequence, tables }: Subject): number {
  return sequence.limits?.minAltDeg ?? tables.rules.minAltDeg;
}

/** Its least distance to the Moon while that is up: its own, or that of the unit, degrees. */
export function moonDistanceOf({ sequence, tables }: Subject): number {
  return sequence.limits?.moonDistanceDeg ?? tables.rules.moonDistanceDeg;
}

/** The part of the night that suits it: the dark, or the twilight too. */
export function nightOf({ sequence, tables }: Subject): Interval {
  return sequence.inTwilight === true ? tables.open : tables.dark;
}

/** Setup, milliseconds. */
export function setupMsOf({ setupSeconds }: PlanSequence): number {
  return Math.round(setupSeconds * 1000);
}

/** The whole observation, milliseconds. */
export function durationMsOf({ durationSeconds }: PlanSequence): number {
  return Math.round(durationSeconds * 1000);
}

/** The least room that is of use: setup and the useful part, milliseconds. */
export function leastMsOf(sequence: PlanSequence): number {
  const { minUsefulSeconds: useful = sequence.durationSeconds } = sequence;
  const least = Math.min(durationMsOf(sequence), Math.round(useful * 1000));
  return setupMsOf(sequence) + least;
}

/** `it takes 1 240 s`, its setup included. */
export function takesText(sequence: PlanSequence): string {
  const verb = leastMsOf(sequence) < wholeMsOf(sequence) ? 'it needs at least' : 'it takes';
  const setup = sequence.setupSeconds > 0 ? ' with its setup' : '';
  return `${verb} ${secondsText(leastMsOf(sequence) / 1000)}${setup}`;
}

function wholeMsOf(sequence: PlanSequence): number {
  return setupMsOf(sequence) + durationMsOf(sequence);
}

/** `in your window` where that is narrower than the night, else `in the dark`. */
export function whereText(subject: Subject): string {
  const { startMs, endMs } = nightOf(subject);
  const { windowStartMs, windowEndMs, inTwilight } = subject.sequence;
  if (windowStartMs > startMs || windowEndMs < endMs) return 'in your window';
  return inTwilight === true ? 'in the night' : 'in the dark';
}
