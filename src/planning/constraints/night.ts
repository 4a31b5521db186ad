import type { Interval } from '../interval.ts';
import type { Explanation } from '../schedule.ts';
import { nightsAhead } from '../visibility/coming-nights.ts';
import { choicesText, clockTime, dayText, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';
import { leastMsOf, nightOf, takesText } from './limits.ts';
import { nextDarkDay } from './remedy.ts';

const DAY_MS = 86_400_000;

/** Science needs a dark sky. */
export const night: Constraint = {
  code: 'NIGHT',
  allowed: (subject) => {
    const span = nightOf(subject);
    return span.endMs > span.startMs ? [span] : [];
  },
  explain: ({ subject, within }) => {
    const { endMs, startMs } = nightOf(subject);
    if (endMs <= startMs) return noDark(subject);
    const fromMs = Math.max(startMs, within[0]?.startMs ?? startMs);
    if (fromMs >= endMs) {
      return {
        sentence: `the dark time ended at ${clockTime(endMs)}`,
        remedy: 'Wait for the next night.',
      };
    }
    return tooShort(subject, { startMs: fromMs, endMs });
  },
};

type Reason = Omit<Explanation, 'code'>;

function noDark(subject: Subject): Reason {
  const { startMs } = nightOf(subject);
  const day = startMs === 0 ? undefined : nextDarkDay(subject, leastMsOf(subject.sequence));
  const until =
    day === undefined || day > nightsAhead
      ? 'Wait for a night with dark time.'
      : `Wait: the next night that is dark for long enough is that of ${dayText(startMs + day * DAY_MS, startMs)}.`;
  return { sentence: 'there is no dark time this night: the Sun stays too high', remedy: until };
}

function tooShort(subject: Subject, left: Interval): Reason {
  const { sequence } = subject;
  const { startMs } = nightOf(subject);
  const leftMs = left.endMs - left.startMs;
  const leastMs = leastMsOf(sequence);
  // Less than a millisecond counts as well: it was refused for that.
  const lack = secondsText(Math.max(1, leastMs - leftMs) / 1000);
  const isWhole = left.startMs <= startMs;
  const sentence = `only ${secondsText(leftMs / 1000)} of dark time are ${isWhole ? 'in this night' : 'left'}, and ${takesText(sequence)}: ${lack} too much`;
  return { sentence, remedy: choicesText([`shorten it by ${lack}`, waitText(subject)]) };
}

function waitText(subject: Subject): string {
  const leastMs = leastMsOf(subject.sequence);
  const { startMs, endMs } = nightOf(subject);
  if (endMs - startMs >= leastMs) return 'wait for the next night';
  const day = nextDarkDay(subject, leastMs);
  if (day === undefined) return 'split it: no night of the coming year is long enough';
  return `move it to the longer nights after ${dayText(startMs + (day - 1) * DAY_MS, startMs)}`;
}
