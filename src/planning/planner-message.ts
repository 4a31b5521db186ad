import type { PlanInput, PlanSequence, Schedule, UnplannedSequence } from './schedule.ts';

/**
 * Sequences, or reasons, in one message between the agent and its planner: each message is copied in
 * one go, in which the loop stands still.
 */
export const ITEMS_AT_ONCE = 500;

/** The sequences of the next plan, piece by piece, then the rest of its input, which asks for it. */
export type ToPlanner =
  | { readonly sequences: readonly PlanSequence[] }
  | { readonly input: Omit<PlanInput, 'sequences'> };

/** The reasons, piece by piece, then the rest of the plan; or why there is none. */
export type FromPlanner =
  | { readonly unplanned: readonly UnplannedSequence[] }
  | { readonly schedule: Omit<Schedule, 'unplanned'> }
  | { readonly code: string; readonly sentence: string; readonly stack: string | undefined };
