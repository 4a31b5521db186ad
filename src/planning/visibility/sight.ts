import { type FixedTarget, placeOf } from '#sky';
import type { Constraint, Subject } from '../constraints/constraint.ts';
import { constraints } from '../constraints/index.ts';
import { durationMsOf, leastMsOf, setupMsOf } from '../constraints/limits.ts';
import {
  always,
  type Interval,
  intersect,
  inWholeMs,
  longestMs,
  startsWithin,
} from '../interval.ts';
import { meritFor } from '../merits/index.ts';
import type { Merit } from '../merits/merit.ts';
import type { Explanation, PlanSequence } from '../schedule.ts';
import type { NightTables } from './night-tables.ts';
import {
  type Direction,
  directionOf,
  pathOfMoving,
  starPaths,
  type TargetPath,
} from './target-path.ts';

/** What a night offers to a sequence, whatever time it is. */
export interface Sight {
  readonly subject: Subject;
  /** Where its block may lie; too short to be of use when there is a `refusal`. */
  readonly visible: readonly Interval[];
  /** Why the night offers too little; null when it offers enough. */
  readonly refusal: Explanation | null;
  /** When its whole block may start; none when only the useful part has room. */
  readonly starts: readonly Interval[];
  /** What these starts are worth; null without any. */
  readonly merit: Merit | null;
  readonly direction: Direction | null;
}

/** What a night offers to each of many sequences, in their order. */
export function sightsOf(sequences: readonly PlanSequence[], tables: NightTables): Sight[] {
  const paths = pathsOf(sequences, tables);
  return sequences.map((sequence) =>
    sightOf({ sequence, tables, path: paths.get(sequence) ?? null }),
  );
}

/** What the constraints leave, one after another. */
export interface Room {
  readonly visible: readonly Interval[];
  /** The first that does not leave enough, and what it found. */
  readonly closed: { readonly by: Constraint; readonly within: readonly Interval[] } | null;
}

/** Asks all constraints about a subject, from the first to the one that refuses. */
export function roomFor(subject: Subject, from: readonly Interval[] = always): Room {
  const leastMs = leastMsOf(subject.sequence);
  let visible = from;
  for (const constraint of constraints) {
    const allowed = constraint.allowed(subject);
    if (allowed === undefined) continue;
    const left = inWholeMs(intersect(visible, allowed));
    if (left.length === 0 || longestMs(left) < leastMs) {
      return { visible: left, closed: { by: constraint, within: visible } };
    }
    visible = left;
  }
  return { visible, closed: null };
}

function roomOrNone(subject: Subject): readonly Interval[] {
  const { visible, closed } = roomFor(subject);
  return closed === null ? visible : [];
}

function sightOf(subject: Subject): Sight {
  const { sequence, tables } = subject;
  const { visible, closed } = roomFor(subject);
  const refusal = closed && {
    code: closed.by.code,
    ...closed.by.explain({ subject, within: closed.within, room: roomOrNone }),
  };
  const setupMs = setupMsOf(sequence);
  const durationMs = durationMsOf(sequence);
  const starts = refusal === null ? startsWithin(visible, setupMs + durationMs) : [];
  const merit =
    starts.length > 0 ? meritFor(sequence)({ subject, setupMs, durationMs, starts }) : null;
  const { target } = sequence;
  const direction =
    target === null ? null : directionOf(placeOf(target, tables.site, tables.midMs));
  return { subject, visible, refusal, starts, merit, direction };
}

/** Follows all targets, the stars together. */
function pathsOf(
  sequences: readonly PlanSequence[],
  tables: NightTables,
): Map<PlanSequence, TargetPath> {
  const paths = new Map<PlanSequence, TargetPath>();
  const stars: PlanSequence[] = [];
  const places: FixedTarget[] = [];
  for (const sequence of sequences) {
    const { target } = sequence;
    if (target === null) continue;
    if (target.kind === 'BODY') paths.set(sequence, tables.body(target.body));
    else if (target.kind === 'EPHEMERIS') paths.set(sequence, pathOfMoving(target, tables));
    else {
      stars.push(sequence);
      places.push(placeOf(target, tables.site, tables.midMs));
    }
  }
  starPaths(places, tables).forEach((path, i) => {
    const star = stars[i];
    if (star !== undefined) paths.set(star, path);
  });
  return paths;
}
