import type { Subject } from '../constraints/constraint.ts';
import type { Interval } from '../interval.ts';

/** How good a start is for one sequence. */
export interface Merit {
  /** The best start, UTC milliseconds, whether or not it is free. */
  readonly wishMs: number;
  /** From 0.5 (poor) to 1 (the best one) at a start that the constraints allow. */
  at(startMs: number): number;
}

/** Makes the merit of a sequence from the starts that the constraints allow (at least one). */
export type MeritOf = (subject: Subject, starts: readonly Interval[]) => Merit;

/** The first and the last start. */
export function extentOf(starts: readonly Interval[]): Interval {
  return { startMs: starts[0]?.startMs ?? 0, endMs: starts.at(-1)?.endMs ?? 0 };
}
