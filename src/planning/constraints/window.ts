import { intersect, longestMs } from '../interval.ts';
import { clockTime, dateTime, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';

/** The observer's own window. */
export const window: Constraint = {
  code: 'WINDOW',
  allowed: (subject, within) => intersect(within, windowOf(subject)),
  explain: (subject, within) => ({
    sentence: sentenceOf(subject, longestMs(intersect(within, windowOf(subject)))),
    remedy: 'Widen its window (jd1, jd2), or ask for fewer images.',
  }),
};

function windowOf({ sequence }: Subject): { startMs: number; endMs: number }[] {
  return [{ startMs: sequence.windowStartMs, endMs: sequence.windowEndMs }];
}

function sentenceOf({ sequence, dark }: Subject, leftMs: number): string {
  const { windowStartMs, windowEndMs, durationSeconds } = sequence;
  if (windowEndMs <= dark.startMs) {
    return `its window ends at ${dateTime(windowEndMs)}, before the time that is left, from ${clockTime(dark.startMs)}`;
  }
  if (windowStartMs >= dark.endMs) {
    return `its window begins at ${dateTime(windowStartMs)}, after the end of the dark at ${clockTime(dark.endMs)}`;
  }
  return `its window leaves ${secondsText(leftMs / 1000)} of the dark, and it takes ${secondsText(durationSeconds)}`;
}
