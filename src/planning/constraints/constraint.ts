import type { Interval } from '../interval.ts';
import type { Track } from '../night-sky.ts';
import type { Explanation, PlanConstraints, PlanSequence, ReasonCode } from '../schedule.ts';

/** What a constraint judges: one sequence on one night. */
export interface Subject {
  readonly sequence: PlanSequence;
  readonly track: Track;
  readonly rules: PlanConstraints;
  /** What is left of the night for science; empty (end before start) when it is over. */
  readonly dark: Interval;
  /** How finely the night is followed, milliseconds. */
  readonly stepMs: number;
}

/** One rule that says when a sequence may be observed. */
export interface Constraint {
  readonly code: ReasonCode;
  /** The part of `within` that the rule allows. */
  allowed(subject: Subject, within: readonly Interval[]): Interval[];
  /** Why the rule leaves no place, given what the rules before it allowed. */
  explain(subject: Subject, within: readonly Interval[]): Omit<Explanation, 'code'>;
}
