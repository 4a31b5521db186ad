import { highest, stretchesWhere, valueAt } from '../curve.ts';
import { longestMs } from '../interval.ts';
import { clockTime, degreesText, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';

/** While the Moon is up, the target must be far from it. */
export const moon: Constraint = {
  code: 'MOON',
  allowed: (subject, within) => {
    const { stepMs } = subject;
    return stretchesWhere({ within, stepMs, marginAt: marginOf(subject) });
  },
  explain: (subject, within) => {
    const { track, rules, stepMs, sequence } = subject;
    const limit = degreesText(rules.moonDistanceDeg);
    const best = highest(marginOf(subject), within, stepMs);
    const remedy = 'Wait some days for the Moon to move away.';
    if (best !== undefined && best.value < 0) {
      const distance = degreesText(valueAt(track.moonDistanceDeg, best.ms));
      return {
        sentence: `Moon at ${distance} at best, at ${clockTime(best.ms)}; the limit is ${limit}`,
        remedy,
      };
    }
    const seconds = longestMs(moon.allowed(subject, within)) / 1000;
    return {
      sentence: `${limit} from the Moon for ${secondsText(seconds)} only, and it takes ${secondsText(sequence.durationSeconds)}`,
      remedy,
    };
  },
};

function marginOf({ track, rules }: Subject): (ms: number) => number {
  return (ms) => {
    const far = valueAt(track.moonDistanceDeg, ms) - rules.moonDistanceDeg;
    return Math.max(far, -valueAt(track.moonAltDeg, ms));
  };
}
