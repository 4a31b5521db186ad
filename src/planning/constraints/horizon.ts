import { horizonAltAt } from '#sky';
import { highest, stretchesWhere, valueAt } from '../curve.ts';
import { longestMs } from '../interval.ts';
import { clockTime, degreesText, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';

/** The target must be above what stands around the telescope. */
export const horizon: Constraint = {
  code: 'HORIZON',
  allowed: (subject, within) => {
    // Nothing stands in the way of what is never lower than the whole skyline.
    if (skylineDeg(subject) <= subject.rules.minAltDeg) return [...within];
    const { stepMs } = subject;
    return stretchesWhere({ within, stepMs, marginAt: marginOf(subject), jumps: true });
  },
  explain: (subject, within) => {
    const best = highest(marginOf(subject), within, subject.stepMs);
    const remedy = 'Widen its window, or wait for a better season.';
    if (best !== undefined && best.value < 0) {
      const lack = degreesText(-best.value);
      return {
        sentence: `behind the local horizon: ${lack} below it at best, at ${clockTime(best.ms)}`,
        remedy,
      };
    }
    const seconds = longestMs(horizon.allowed(subject, within)) / 1000;
    const { durationSeconds } = subject.sequence;
    return {
      sentence: `clear of the local horizon for ${secondsText(seconds)} only, and it takes ${secondsText(durationSeconds)}`,
      remedy,
    };
  },
};

function skylineDeg({ rules }: Subject): number {
  return Math.max(0, ...rules.horizon.map((point) => point.altDeg));
}

function marginOf({ track, rules }: Subject): (ms: number) => number {
  return (ms) => valueAt(track.altDeg, ms) - horizonAltAt(rules.horizon, valueAt(track.azDeg, ms));
}
