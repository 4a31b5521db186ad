/** One line of the schedule, as the Majordome sees it. Instants are UTC ms. */
export interface ScheduledSequence {
  readonly sequenceId: number;
  /** Of the observation: slew and setup lie before it. */
  readonly startMs: number;
  readonly endMs: number;
  /** Slew and setup: so much earlier the telescope has to go. */
  readonly overheadSeconds: number;
  readonly isAlert: boolean;
  readonly priority: number;
}

export interface DispatchInputs {
  readonly nowMs: number;
  /** In order of start; only sequences that wait to be executed. */
  readonly schedule: readonly ScheduledSequence[];
  readonly running: {
    readonly sequenceId: number;
    readonly priority: number;
    readonly isAlert: boolean;
  } | null;
}

export type Dispatch =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'start'; readonly sequenceId: number }
  /** An alert takes the telescope from what runs. */
  | { readonly kind: 'preempt'; readonly sequenceId: number };

/** When the telescope has to go, UTC ms. */
export function dueMs({ startMs, overheadSeconds }: Slot): number {
  return startMs - overheadSeconds * 1000;
}

type Slot = Pick<ScheduledSequence, 'startMs' | 'overheadSeconds'>;

/**
 * A routine slot that should have begun longer ago than this is stale: the plan after it cannot hold
 * either (hazard F45).
 */
export const LATE_MS = 120_000;

/** Those that missed their start: alerts are never too late before their end. */
export function missedStart(
  schedule: readonly ScheduledSequence[],
  nowMs: number,
): readonly ScheduledSequence[] {
  return schedule.filter((one) => !one.isAlert && nowMs - one.startMs > LATE_MS);
}

/** What the observer should be told now. */
export function dispatch(inputs: DispatchInputs): Dispatch {
  const { nowMs, running } = inputs;
  const isDue = (one: ScheduledSequence) => dueMs(one) <= nowMs && nowMs < one.endMs;
  const due = inputs.schedule.filter((one) => isDue(one) && one.sequenceId !== running?.sequenceId);
  const alert = mostUrgent(due.filter((one) => one.isAlert));
  if (running) {
    const yields = alert && (!running.isAlert || alert.priority < running.priority);
    return yields ? { kind: 'preempt', sequenceId: alert.sequenceId } : { kind: 'nothing' };
  }
  const next = alert ?? due[0];
  return next ? { kind: 'start', sequenceId: next.sequenceId } : { kind: 'nothing' };
}

/** The smallest number; among equals the first of the schedule. */
function mostUrgent(alerts: readonly ScheduledSequence[]): ScheduledSequence | undefined {
  const [first, ...others] = alerts;
  if (!first) return undefined;
  return others.reduce((best, one) => (one.priority < best.priority ? one : best), first);
}
