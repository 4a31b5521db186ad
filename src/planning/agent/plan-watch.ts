import type { SequenceStatus } from '#request';
import type { ScheduleLine } from '../schedule-store.ts';

type Slot = Pick<ScheduleLine, 'sequenceId' | 'startMs' | 'endMs'>;

/** What the watch looks at. */
export interface WatchedPlan {
  readonly nowMs: number;
  /** Of the plan that counts. */
  readonly slots: readonly Slot[];
  /** Of every sequence that waits or runs. */
  readonly statuses: ReadonlyMap<number, SequenceStatus>;
  /** The dome may be open. */
  readonly isReady: boolean;
  /** So late a first slot, with nothing running, means that something went wrong; milliseconds. */
  readonly lateMs: number;
}

/**
 * Why the plan no longer holds although no fact said so; null when it does. The same reason does not
 * come again after it was planned anew.
 */
export function whyPlanFails(watched: WatchedPlan): string | null {
  const { nowMs, slots, statuses, isReady, lateMs } = watched;
  const running = slots.find((slot) => statuses.get(slot.sequenceId) === 'EXECUTING');
  if (running?.endMs && running.endMs < nowMs) return 'a sequence overruns its slot';
  const gone = slots.some((slot) => (slot.endMs ?? 0) > nowMs && !statuses.has(slot.sequenceId));
  if (gone) return 'a planned sequence was withdrawn';
  const isIdle = ![...statuses.values()].includes('EXECUTING');
  const first = slots.find((slot) => statuses.get(slot.sequenceId) === 'PLANNED');
  const isLate = first?.startMs != null && first.startMs < nowMs - lateMs;
  return isReady && isIdle && isLate ? 'a slot passed unused' : null;
}
