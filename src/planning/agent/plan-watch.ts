import type { SequenceStatus } from '#request';
import type { ScheduleLine } from '../schedule-store.ts';

type Slot = Pick<ScheduleLine, 'sequenceId' | 'startMs' | 'endMs' | 'overheadSeconds'>;

/**
 * So much a plan may be behind what happens, seconds: slews and sequences take a little longer or
 * less than planned, and the one after begins that much later. A new plan would only be unrest.
 */
export const TOLERATED_SECONDS = 60;

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
  /** See `TOLERATED_SECONDS`; milliseconds. */
  readonly toleratedMs: number;
}

/**
 * Why the plan no longer holds although no fact said so; null when it does. The same reason does not
 * come again after it was planned anew.
 */
export function whyPlanFails(watched: WatchedPlan): string | null {
  const { nowMs, slots, statuses, isReady, lateMs, toleratedMs } = watched;
  const next = slots.find((slot) => statuses.get(slot.sequenceId) === 'PLANNED');
  const isIdle = ![...statuses.values()].includes('EXECUTING');
  if (!isIdle && passedMs(next, nowMs) > toleratedMs) return 'a sequence overruns its slot';
  const isGone = (slot: Slot) => !statuses.has(slot.sequenceId);
  if (slots.some((slot) => isGone(slot) && frees(slot, nowMs + toleratedMs)))
    return 'a planned sequence was withdrawn';
  const isLate = next?.startMs != null && next.startMs < nowMs - lateMs;
  return isReady && isIdle && isLate ? 'a slot passed unused' : null;
}

/** How long ago the telescope should have gone, milliseconds; negative: it need not go yet. */
function passedMs(slot: Slot | undefined, nowMs: number): number {
  if (slot?.startMs == null) return Number.NEGATIVE_INFINITY;
  return nowMs - (slot.startMs - slot.overheadSeconds * 1000);
}

/** Whether the slot of a sequence that is no more leaves time after an instant, UTC ms. */
export function frees({ endMs }: Pick<Slot, 'endMs'>, afterMs: number): boolean {
  return endMs !== null && endMs > afterMs;
}
