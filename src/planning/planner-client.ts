import { firstEffort, fullEffort } from './effort.ts';
import { JobMemory } from './job.ts';
import { plan } from './planner.ts';
import type { PlanInput, Schedule } from './schedule.ts';

/** What makes the plans of an agent, in two steps: a valid one at once, then a better one. */
export interface PlannerClient {
  /** A first valid plan with little effort. One at a time. Rejects when planning fails. */
  first(input: PlanInput): Promise<Schedule>;
  /** A plan with full effort; null when a newer one was asked before this one was begun. */
  full(input: PlanInput): Promise<Schedule | null>;
  /** One turn of the loop, between two steps of those who keep it free; at once for the others. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** Plans where it is asked: for virtual time, which must not wait for another thread. */
export function inlinePlanner(): PlannerClient {
  const memory = new JobMemory();
  return {
    first: async (input) => plan({ ...input, effort: firstEffort }, memory),
    full: async (input) => plan({ ...input, effort: input.effort ?? fullEffort }, memory),
    pause: async () => undefined,
    close: async () => undefined,
  };
}
