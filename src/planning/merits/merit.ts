import type { Subject } from '../constraints/constraint.ts';
import type { Interval } from '../interval.ts';

/** How good a start is for one sequence; a start is that of its block: setup, then observation. */
export interface Merit {
  /** The best start, UTC milliseconds, whether or not it is free. */
  readonly wishMs: number;
  /** From 0.5 (poor) to 1 (the best one) at a start that the constraints allow. */
  at(startMs: number): number;
}

/** A sequence with the lengths that it would get. */
export interface Block {
  readonly subject: Subject;
  readonly setupMs: number;
  readonly durationMs: number;
  /**
   * When the block may start, in the whole night: what a start is worth does not change as the night
   * goes on. At least one.
   */
  readonly starts: readonly Interval[];
}

/** Makes the merit of a sequence. */
export type MeritOf = (block: Block) => Merit;

/** The first and the last start. */
export function extentOf(starts: readonly Interval[]): Interval {
  return { startMs: starts[0]?.startMs ?? 0, endMs: starts.at(-1)?.endMs ?? 0 };
}

/** A share of what is possible, 0 to 1, as a merit. */
export function meritOfShare(share: number): number {
  return 0.5 + 0.5 * Math.min(1, Math.max(0, share));
}
