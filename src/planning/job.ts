import type { Subject } from './constraints/constraint.ts';
import { constraints } from './constraints/index.ts';
import { type Interval, longestMs, startsWithin } from './interval.ts';
import { meritFor } from './merits/index.ts';
import type { Merit } from './merits/merit.ts';
import type { Explanation, PlanSequence } from './schedule.ts';

/** A sequence that the sky allows, ready to be placed. */
export interface Job {
  readonly sequence: PlanSequence;
  readonly subject: Subject;
  /** Where the target may be observed. */
  readonly visible: readonly Interval[];
  /** When the observation may start; at least one. */
  readonly starts: readonly Interval[];
  readonly durationMs: number;
  readonly overheadMs: number;
  readonly merit: Merit;
}

export type JobOrReason =
  | { readonly job: Job }
  | { readonly job: null; readonly explanation: Explanation };

/** Applies the constraints one after another; the first that leaves no room is the reason. */
export function jobFor(subject: Subject): JobOrReason {
  const { sequence } = subject;
  const durationMs = Math.round(sequence.durationSeconds * 1000);
  let visible: Interval[] = [subject.dark];
  for (const constraint of constraints) {
    const allowed = constraint.allowed(subject, visible);
    if (allowed.length === 0 || longestMs(allowed) < durationMs) {
      const explanation = { code: constraint.code, ...constraint.explain(subject, visible) };
      return { job: null, explanation };
    }
    visible = allowed;
  }
  const starts = startsWithin(visible, durationMs);
  const overheadMs = Math.round(sequence.overheadSeconds * 1000);
  const merit = meritFor(sequence)(subject, starts);
  return { job: { sequence, subject, visible, starts, durationMs, overheadMs, merit } };
}

/** The same job, able to start at one instant only. */
export function pinned(job: Job, startMs: number): Job {
  return { ...job, starts: [{ startMs, endMs: startMs }] };
}

/** The more urgent first; of equals, the one that can wait least; then by id, to be definite. */
export function byUrgency(a: Job, b: Job): number {
  const last = (job: Job): number => job.starts.at(-1)?.endMs ?? 0;
  return (
    a.sequence.priority - b.sequence.priority || last(a) - last(b) || a.sequence.id - b.sequence.id
  );
}
