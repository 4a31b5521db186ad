import { highest, stretchesWhere, valueAt } from '../curve.ts';
import { longestMs } from '../interval.ts';
import { clockTime, degreesText, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';

/** The target must be above the least elevation. */
export const elevation: Constraint = {
  code: 'ELEVATION',
  allowed: ({ track, rules, stepMs }, within) =>
    stretchesWhere({
      within,
      stepMs,
      marginAt: (ms) => valueAt(track.altDeg, ms) - rules.minAltDeg,
    }),
  explain: (subject, within) => {
    const { track, rules, stepMs, sequence } = subject;
    const top = highest((ms) => valueAt(track.altDeg, ms), within, stepMs);
    const limit = degreesText(rules.minAltDeg);
    if (top !== undefined && top.value < rules.minAltDeg) {
      const best = `highest ${degreesText(top.value)} at ${clockTime(top.ms)}`;
      return { sentence: `never above ${limit} in the dark: ${best}`, remedy: remedyOf(subject) };
    }
    const seconds = longestMs(elevation.allowed(subject, within)) / 1000;
    return {
      sentence: `above ${limit} for ${secondsText(seconds)} only, and it takes ${secondsText(sequence.durationSeconds)}`,
      remedy: 'Ask for fewer images, or wait for a better season.',
    };
  },
};

function remedyOf({ sequence, rules }: Subject): string {
  const culmination = 90 - Math.abs(rules.site.latDeg - sequence.target.decDeg);
  return culmination < rules.minAltDeg
    ? `It never rises above ${degreesText(culmination)} at this latitude: ask another site.`
    : 'Widen its window, or wait for a better season.';
}
