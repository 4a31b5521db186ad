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

/** What the observer should be told now. */
export function dispatch(inputs: DispatchInputs): Dispatch {
  const { nowMs, running } = inputs;
  const isDue = (one: ScheduledSequence) => dueMs(one) <= nowMs && nowMs < one.endMs;
  const due = inputs.schedule.filter((one) => isDue(one) && one.sequenceId !== running?.sequenceId);
  const alert = due.find((one) => one.isAlert);
  if (running) {
    const yields = alert && (!running.isAlert || alert.priority < running.priority);
    return yields ? { kind: 'preempt', sequenceId: alert.sequenceId } : { kind: 'nothing' };
  }
  const next = alert ?? due[0];
  return next ? { kind: 'start', sequenceId: next.sequenceId } : { kind: 'nothing' };
}
