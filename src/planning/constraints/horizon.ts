import { type Interval, intersect, longestMs } from '../interval.ts';
import { clearanceDeg, clearStretches } from '../visibility/clear-stretches.ts';
import { choicesText, clockTime, degreesText, secondsText } from '../wording.ts';
import type { Constraint, Refused, Subject } from './constraint.ts';
import { minAltOf, takesText, whereText } from './limits.ts';
import { movedText, shorterText } from './remedy.ts';

/** The target must be above what stands around the telescope. */
export const horizon: Constraint = {
  code: 'HORIZON',
  allowed: (subject) => {
    const { path, tables } = subject;
    // Nothing stands in the way of what is never lower than the whole horizon.
    if (path === null || tables.highestHorizonDeg <= minAltOf(subject)) return undefined;
    return clearStretches(path, tables, Math.sin((minAltOf(subject) * Math.PI) / 180));
  },
  explain: (refused) => {
    const { subject, within } = refused;
    const longest = longestMs(intersect(within, horizon.allowed(subject) ?? within));
    const remedy = remedyOf(refused, longest);
    const best = bestClearance(subject, within);
    if (best !== undefined && best.deg < 0) {
      const lack = degreesText(Math.max(0.1, -best.deg));
      return {
        sentence: `behind the local horizon ${whereText(subject)}: ${lack} below it at best, at ${clockTime(best.ms)}`,
        remedy,
      };
    }
    return {
      sentence: `clear of the local horizon for ${secondsText(longest / 1000)} only ${whereText(subject)}, and ${takesText(subject.sequence)}`,
      remedy,
    };
  },
};

function remedyOf(refused: Refused, longest: number): string {
  const { subject } = refused;
  const { highestHorizonDeg } = subject.tables;
  const minAltDeg = Math.max(minAltOf(subject), highestHorizonDeg);
  const moved = movedText(refused, { minAltDeg });
  const never = `ask another site: it is never above ${degreesText(minAltDeg)}, the highest part of the horizon, for long enough`;
  const shorter = shorterText(subject.sequence, longest);
  return choicesText([shorter, moved ?? never].filter((each) => each !== undefined));
}

function bestClearance(
  { path, tables }: Subject,
  within: readonly Interval[],
): { readonly ms: number; readonly deg: number } | undefined {
  let best: { ms: number; deg: number } | undefined;
  if (path === null) return undefined;
  const { startMs, stepMs, count } = tables.grid;
  for (let k = 0; k < count; k++) {
    const ms = startMs + k * stepMs;
    if (!within.some((each) => each.startMs <= ms && ms <= each.endMs)) continue;
    const deg = clearanceDeg(path, tables, k);
    if (best === undefined || deg > best.deg) best = { ms, deg };
  }
  return best;
}
