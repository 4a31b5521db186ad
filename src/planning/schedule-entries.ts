import { altAz } from '#sky';
import type { Interval } from './interval.ts';
import type { PlanInput, RunningSequence, ScheduleEntry } from './schedule.ts';
import { type Placed, room, type Timeline } from './timeline.ts';

/** What the entries are written from, besides the timeline. */
interface EntryContext {
  readonly running: RunningSequence | null;
  readonly input: PlanInput;
  readonly freeFromMs: number;
}

/** The entries of a schedule: the running sequence first, then the timeline. */
export function entriesOf(timeline: Timeline, context: EntryContext): ScheduleEntry[] {
  const planned = timeline.map((placed, index) =>
    entryOf(placed, room(timeline, index, context.freeFromMs), context),
  );
  return context.running === null ? planned : [runningEntry(context.running, context), ...planned];
}

/** Share of a span that entries fill, overheads included. */
export function filledFraction(
  entries: readonly ScheduleEntry[],
  span: { readonly startMs: number; readonly endMs: number },
): number {
  const busyMs = entries.reduce((sum, { startMs, endMs, overheadSeconds }) => {
    const from = Math.max(span.startMs, startMs - overheadSeconds * 1000);
    return sum + Math.max(0, Math.min(span.endMs, endMs) - from);
  }, 0);
  return span.endMs > span.startMs ? busyMs / (span.endMs - span.startMs) : 0;
}

function entryOf(placed: Placed, free: Interval, context: EntryContext): ScheduleEntry {
  const { job, startMs } = placed;
  const around = job.starts.find((each) => each.startMs <= startMs && startMs <= each.endMs);
  const first = Math.max(free.startMs, around?.startMs ?? startMs);
  const last = Math.min(free.endMs, around?.endMs ?? startMs);
  return {
    sequenceId: job.sequence.id,
    startMs,
    endMs: startMs + job.durationMs,
    altDeg: altAz(job.sequence.target, context.input.constraints.site, startMs).altDeg,
    overheadSeconds: job.overheadMs / 1000,
    slackLeftSeconds: (startMs - first) / 1000,
    slackRightSeconds: (last - startMs) / 1000,
    isRunning: false,
  };
}

function runningEntry(running: RunningSequence, { input }: EntryContext): ScheduleEntry {
  const { sequence, startMs, endMs } = running;
  return {
    sequenceId: sequence.id,
    startMs,
    endMs,
    altDeg: altAz(sequence.target, input.constraints.site, startMs).altDeg,
    overheadSeconds: sequence.overheadSeconds,
    slackLeftSeconds: 0,
    slackRightSeconds: 0,
    isRunning: true,
  };
}
