import type { ScheduleLine, StoredSchedule } from '#planning';
import { iso, parseIso } from '#platform';
import type { StoredSequence } from '#request';
import { planBars } from './plan-view.ts';
import type { ScheduleRow, Slot, UnplannedRow } from './schedule-page.ts';
import type { PlannedBar } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';

/** Each sequence that was begun or has a slot, by the start of its first bar; without curves. */
export function scheduleRows(sources: TonightSources, plan: StoredSchedule | null): ScheduleRow[] {
  const lines = new Map(plan?.lines.map((line) => [line.sequenceId, line]));
  const sequences = new Map(sources.sequences.map((one) => [one.id, one]));
  const bars = new Map<number, PlannedBar[]>();
  for (const bar of planBars({ ...sources, schedule: plan })) {
    bars.set(bar.sequenceId, [...(bars.get(bar.sequenceId) ?? []), bar]);
  }
  return [...bars].flatMap(([id, own]) => {
    const sequence = sequences.get(id);
    return sequence ? [rowOf(sequence, own, lines.get(id))] : [];
  });
}

function rowOf(
  { id, name, program, isAlert, priority }: StoredSequence,
  bars: readonly PlannedBar[],
  line: ScheduleLine | undefined,
): ScheduleRow {
  const state = bars.at(-1)?.state ?? 'planned';
  return {
    sequenceId: id,
    name,
    program,
    isAlert,
    priority,
    state,
    bars: bars.map((bar) => ({ start: bar.start, end: bar.end, state: bar.state })),
    slot: state === 'planned' || state === 'running' ? slotOf(line) : null,
    curve: null,
  };
}

function slotOf(line: ScheduleLine | undefined): Slot | null {
  if (!line || line.startMs === null || line.endMs === null) return null;
  return {
    start: iso(line.startMs),
    end: iso(line.endMs),
    overheadSeconds: line.overheadSeconds,
    slackLeftSeconds: Math.max(0, line.slackLeftSeconds),
    slackRightSeconds: Math.max(0, line.slackRightSeconds),
    altDeg: line.altDeg,
    isShortened: line.isShortened,
  };
}

/** What has no place, with the plan's reason or, where the plan tells none, the sequence's own. */
export function unplannedRows(
  sources: TonightSources,
  plan: StoredSchedule | null,
): UnplannedRow[] {
  const lines = new Map(plan?.lines.map((line) => [line.sequenceId, line]));
  return sources.sequences
    .filter((sequence) => sequence.status === 'UNPLANNABLE')
    .map((sequence) => {
      const { id, name, program, isAlert, priority } = sequence;
      const line = lines.get(id);
      const told = line?.startMs === null ? line : undefined;
      return {
        sequenceId: id,
        name,
        program,
        isAlert,
        priority,
        code: told?.code ?? '',
        reason: told?.reason || sequence.reason,
        remedy: told?.remedy ?? '',
      };
    })
    .sort((a, b) => a.priority - b.priority || a.sequenceId - b.sequenceId);
}

/** When the last planned observation ends, UTC ms; null when nothing is ahead. */
export function lastPlannedMs(rows: readonly ScheduleRow[]): number | null {
  const ends = rows.flatMap(({ slot }) => (slot ? [parseIso(slot.end)] : []));
  return ends.length > 0 ? Math.max(...ends) : null;
}
