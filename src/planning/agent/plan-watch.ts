import type { SequenceStatus } from '#request';
import type { ScheduleLine } from '../schedule-store.ts';

type Slot = Pick<ScheduleLine, 'sequenceId' | 'startMs' | 'endMs' | 'overheadSeconds'>;

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
  /** What runs may take so much of the next slot before the plan is made anew; milliseconds. */
  readonly overrunMs: number;
}

/**
 * Why the plan no longer holds although no fact said so; null when it does. The same reason does not
 * come again after it was planned anew.
 */
export function whyPlanFails(watched: WatchedPlan): string | null {
  const { nowMs, slots, statuses, isReady, lateMs } = watched;
  const next = slots.find((slot) => statuses.get(slot.sequenceId) === 'PLANNED');
  const isIdle = ![...statuses.values()].includes('EXECUTING');
  if (!isIdle && passedMs(next, nowMs) > watched.overrunMs) return 'a sequence overruns its slot';
  const gone = slots.some((slot) => passedMs(slot, nowMs) < 0 && !statuses.has(slot.sequenceId));
  if (gone) return 'a planned sequence was withdrawn';
  const isLate = next?.startMs != null && next.startMs < nowMs - lateMs;
  return isReady && isIdle && isLate ? 'a slot passed unused' : null;
}

/** How long ago the telescope should have gone, milliseconds; negative: it need not go yet. */
export function passedMs(
  slot: Pick<Slot, 'startMs' | 'overheadSeconds'> | undefined,
  nowMs: number,
): number {
  if (slot?.startMs == null) return Number.NEGATIVE_INFINITY;
  return nowMs - (slot.startMs - slot.overheadSeconds * 1000);
}
