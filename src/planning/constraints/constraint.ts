import type { Interval } from '../interval.ts';
import type { Explanation, PlanSequence, ReasonCode } from '../schedule.ts';
import type { NightTables } from '../visibility/night-tables.ts';
import type { TargetPath } from '../visibility/target-path.ts';

/** What a constraint judges: one sequence on one night, whatever time it is. */
export interface Subject {
  readonly sequence: PlanSequence;
  readonly tables: NightTables;
  /** Its target through the night; null without a target. */
  readonly path: TargetPath | null;
}

/** What a reason is written from. */
export interface Refused {
  readonly subject: Subject;
  /** What the rules before left of the night. */
  readonly within: readonly Interval[];
  /** What all rules would leave, were the subject another one; empty when that is too little. */
  readonly room: (subject: Subject) => readonly Interval[];
}

/** One rule that says when a sequence may be observed. */
export interface Constraint {
  readonly code: ReasonCode;
  /** Where in the night the rule allows it; undefined when the rule asks nothing of it. */
  allowed(subject: Subject): readonly Interval[] | undefined;
  /** Why the rule leaves too little. */
  explain(refused: Refused): Omit<Explanation, 'code'>;
}
