import { altAz, placeOf } from '#sky';
import { type Agenda, type Placed, roomOf, slewBefore, type Telescope } from './agenda.ts';
import type { PlanInput, PlanSequence, RunningSequence, ScheduleEntry } from './schedule.ts';

/** What the entries are written from, besides the agenda. */
interface EntryContext {
  readonly running: RunningSequence | null;
  readonly input: PlanInput;
  readonly telescope: Telescope;
}

/** The entries of a schedule: the running sequence first, then the agenda. */
export function entriesOf(agenda: Agenda, context: EntryContext): ScheduleEntry[] {
  const planned = agenda.map((placed, index) => entryOf(placed, { agenda, index }, context));
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

function entryOf(
  { job, startMs }: Placed,
  { agenda, index }: { readonly agenda: Agenda; readonly index: number },
  { input, telescope }: EntryContext,
): ScheduleEntry {
  const around = job.starts.find((each) => each.startMs <= startMs && startMs <= each.endMs);
  const free = roomOf(agenda, index, telescope);
  const first = Math.max(free.startMs, around?.startMs ?? startMs);
  const last = Math.min(free.endMs, around?.endMs ?? startMs);
  const observationMs = startMs + job.setupMs;
  return {
    sequenceId: job.sequence.id,
    startMs: observationMs,
    endMs: observationMs + job.durationMs,
    altDeg: altitudeOf(job.sequence, input, observationMs),
    overheadSeconds: (slewBefore(agenda, index, telescope) + job.setupMs) / 1000,
    slackLeftSeconds: Math.max(0, startMs - first) / 1000,
    slackRightSeconds: Math.max(0, last - startMs) / 1000,
    isRunning: false,
    isShortened: job.isShortened,
  };
}

function runningEntry(running: RunningSequence, { input }: EntryContext): ScheduleEntry {
  const { sequence, startMs, endMs } = running;
  return {
    sequenceId: sequence.id,
    startMs,
    endMs,
    altDeg: altitudeOf(sequence, input, startMs),
    overheadSeconds: sequence.setupSeconds,
    slackLeftSeconds: 0,
    slackRightSeconds: 0,
    isRunning: true,
    isShortened: false,
  };
}

/** Elevation of a sequence's target, degrees; 90 without a target. */
function altitudeOf({ target }: PlanSequence, { constraints }: PlanInput, ms: number): number {
  if (target === null) return 90;
  return altAz(placeOf(target, constraints.site, ms), constraints.site, ms).altDeg;
}
