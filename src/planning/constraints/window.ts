import { type Interval, intersect, longestMs } from '../interval.ts';
import type { Explanation } from '../schedule.ts';
import { choicesText, clockTime, dateTime, secondsText } from '../wording.ts';
import type { Constraint, Subject } from './constraint.ts';
import { leastMsOf, nightOf, takesText } from './limits.ts';

type Reason = Omit<Explanation, 'code'>;

/** The observer's own window, and the time that an ephemeris covers. */
export const window: Constraint = {
  code: 'WINDOW',
  allowed: (subject) => {
    const covered = coverage(subject);
    return covered === undefined ? [windowOf(subject)] : intersect([windowOf(subject)], [covered]);
  },
  explain: ({ subject, within }) => {
    const left = within[0] ?? nightOf(subject);
    const { startMs, endMs } = windowOf(subject);
    if (endMs <= left.startMs) return endsBefore(subject, left);
    if (startMs >= left.endMs) return beginsAfter(subject, left);
    const covered = coverage(subject);
    if (
      covered !== undefined &&
      longestMs(intersect([windowOf(subject)], within)) >= leastMsOf(subject.sequence)
    ) {
      return notCovered(covered);
    }
    return leavesTooLittle(subject, left);
  },
};

function windowOf({ sequence }: Subject): Interval {
  return { startMs: sequence.windowStartMs, endMs: sequence.windowEndMs };
}

/** The time of an ephemeris; undefined for anything else, and for a single place. */
function coverage({ sequence: { target } }: Subject): Interval | undefined {
  if (target?.kind !== 'EPHEMERIS' || target.points.length < 2) return undefined;
  const [first, last] = [target.points[0], target.points.at(-1)];
  return first && last && { startMs: first.ms, endMs: last.ms };
}

function endsBefore(subject: Subject, left: Interval): Reason {
  const enough = left.startMs + leastMsOf(subject.sequence);
  return {
    sentence: `its window ends at ${dateTime(windowOf(subject).endMs)}, before the dark time that is left, from ${clockTime(left.startMs)}`,
    remedy: `End its window (jd2) at ${dateTime(enough)} or later.`,
  };
}

function beginsAfter(subject: Subject, left: Interval): Reason {
  const latest = left.endMs - leastMsOf(subject.sequence);
  return {
    sentence: `its window begins at ${dateTime(windowOf(subject).startMs)}, after the end of the dark at ${clockTime(left.endMs)}`,
    remedy: `Wait for the night of its window, or begin it (jd1) at ${dateTime(latest)} or earlier.`,
  };
}

function notCovered({ startMs, endMs }: Interval): Reason {
  return {
    sentence: `its ephemeris covers ${dateTime(startMs)} to ${dateTime(endMs)} only`,
    remedy: 'Give an ephemeris that covers its window.',
  };
}

function leavesTooLittle(subject: Subject, left: Interval): Reason {
  const { sequence } = subject;
  const roomMs = longestMs(intersect([windowOf(subject)], [left]));
  // Less than a millisecond counts as well: it was refused for that.
  const lack = secondsText(Math.max(1, leastMsOf(sequence) - roomMs) / 1000);
  return {
    sentence: `its window leaves ${secondsText(roomMs / 1000)} of the dark, and ${takesText(sequence)}`,
    remedy: choicesText([
      `widen its window by ${lack} within ${clockTime(left.startMs)} to ${clockTime(left.endMs)}`,
      `shorten it by ${lack}`,
    ]),
  };
}
