import type { PlanningVerdict, StoredSequence } from '#request';
import type { Schedule, UnplannedSequence } from '../schedule.ts';
import type { ScheduleLine, StandingPlan } from '../schedule-store.ts';
import { frees } from './plan-watch.ts';

/** From so much more on, a better plan takes the place of a valid one: less is not worth the unrest. */
const WORTH_THE_UNREST = 1.005;

/** So much sooner the telescope must get to work for a plan that is hardly worth more, milliseconds. */
const SOONER_MS = 60_000;

/**
 * Whether a plan is so much better than the one published that it should replace it: it places more
 * alerts, is worth clearly more, or is worth more and does not leave the telescope idle meanwhile.
 */
export function isWorthPublishing(
  better: Schedule,
  published: Schedule,
  alerts: ReadonlySet<number>,
): boolean {
  const alertsIn = ({ entries }: Schedule) =>
    entries.filter((entry) => alerts.has(entry.sequenceId)).length;
  const more = alertsIn(better) - alertsIn(published);
  if (more !== 0) return more > 0;
  if (!(better.value > published.value)) return false;
  const isSooner = firstStartMs(published) - firstStartMs(better) >= SOONER_MS;
  return isSooner || better.value >= published.value * WORTH_THE_UNREST;
}

/** By so much sooner a sequence may begin and it is no news: the telescope hardly waits; milliseconds. */
const WAIT_MS = 5_000;

/** A new plan, and what it is held against. Instants are UTC ms. */
export interface Comparison {
  readonly nowMs: number;
  readonly night: string;
  readonly schedule: Pick<Schedule, 'entries' | 'unplanned' | 'preempts'>;
  readonly waiting: ReadonlyMap<number, StoredSequence>;
  readonly standing: StandingPlan | null;
  /** Of the standing plan. */
  readonly slots: readonly ScheduleLine[];
  /** See `TOLERATED_SECONDS`; milliseconds. */
  readonly toleratedMs: number;
}

/**
 * Whether a new plan says what the standing one says: the same sequences in the same order, hardly
 * later, and the same kinds of reasons. Publishing it would only be unrest.
 */
export function saysNothingNew(comparison: Comparison): boolean {
  const { schedule, standing, night } = comparison;
  if (standing?.night !== night || schedule.preempts !== null) return false;
  return hasSameSlots(comparison) && hasSameReasons(comparison, standing);
}

function hasSameSlots(comparison: Comparison): boolean {
  const { nowMs, schedule, waiting, slots, toleratedMs } = comparison;
  const { entries } = schedule;
  const ids = new Set(entries.map((entry) => entry.sequenceId));
  const kept = slots.filter((slot) => ids.has(slot.sequenceId));
  const gone = slots.filter((slot) => !ids.has(slot.sequenceId));
  if (gone.some((slot) => frees(slot, nowMs + toleratedMs))) return false;
  if (kept.length !== entries.length) return false;
  return entries.every((entry, i) => {
    const slot = kept[i];
    const isTold = entry.isRunning || waiting.get(entry.sequenceId)?.status === 'PLANNED';
    if (!isTold || slot?.sequenceId !== entry.sequenceId || slot.endMs === null) return false;
    if (entry.isShortened !== slot.isShortened) return false;
    const laterMs = entry.endMs - slot.endMs;
    // A part is told when to end.
    return entry.isShortened ? laterMs === 0 : laterMs <= toleratedMs && laterMs >= -WAIT_MS;
  });
}

function hasSameReasons({ schedule, waiting }: Comparison, { codes }: StandingPlan): boolean {
  return schedule.unplanned.every(({ sequenceId, code }) => {
    const isTold = waiting.get(sequenceId)?.status === 'UNPLANNABLE';
    return isTold && (code === 'NIGHT' || codes.get(sequenceId) === code);
  });
}

function firstStartMs({ entries }: Schedule): number {
  const next = entries.find((entry) => !entry.isRunning);
  return next?.startMs ?? Number.MAX_SAFE_INTEGER;
}

/** The starts that a plan promises, by sequence, UTC ms; shortened ones take what the others leave. */
export function startsOf(
  lines: readonly Pick<ScheduleLine, 'sequenceId' | 'startMs' | 'isShortened'>[],
): Map<number, number> {
  const starts = new Map<number, number>();
  for (const { sequenceId, startMs, isShortened } of lines) {
    if (startMs !== null && !isShortened) starts.set(sequenceId, startMs);
  }
  return starts;
}

/** A plan as it is stored; `waiting`: what it was made of. */
export function linesOf(
  schedule: Pick<Schedule, 'entries' | 'unplanned'>,
  waiting: ReadonlyMap<number, StoredSequence> = new Map(),
): ScheduleLine[] {
  return [
    ...schedule.entries.map(plannedLine),
    ...schedule.unplanned.map((one) => unplannedLine(one, waiting.get(one.sequenceId))),
  ];
}

function plannedLine(entry: Schedule['entries'][number]): ScheduleLine {
  const { isRunning: _isRunning, ...line } = entry;
  return { ...line, reason: '', code: '', remedy: '' };
}

/**
 * "Too little night is left" is true of everything at dawn: a reason found earlier tells more, and
 * stays.
 */
function unplannedLine(one: UnplannedSequence, before: StoredSequence | undefined): ScheduleLine {
  const earlier = before?.status === 'UNPLANNABLE' && one.code === 'NIGHT' ? before.reason : '';
  return {
    sequenceId: one.sequenceId,
    startMs: null,
    endMs: null,
    slackLeftSeconds: -1,
    slackRightSeconds: -1,
    altDeg: -90,
    overheadSeconds: 0,
    reason: earlier || `${one.sentence}.`,
    code: one.code,
    remedy: earlier ? '' : one.remedy,
    isShortened: false,
  };
}

/** What a plan decides of the sequences that wait: only what changes. */
export function verdictsOf(
  lines: readonly ScheduleLine[],
  waiting: ReadonlyMap<number, StoredSequence>,
): PlanningVerdict[] {
  return lines.flatMap((line) => {
    const before = waiting.get(line.sequenceId);
    const to = line.startMs === null ? 'UNPLANNABLE' : 'PLANNED';
    const reason = reasonText(line);
    if (!before || (before.status === to && before.reason === reason)) return [];
    return [{ id: line.sequenceId, to, reason }];
  });
}

/** Why a sequence has no slot and what may be done about it; empty when it has one. */
export function reasonText({ reason, remedy }: Pick<ScheduleLine, 'reason' | 'remedy'>): string {
  return [reason, remedy].filter(Boolean).join(' ');
}

/** What a stored row holds that is no target is told as it is; the planner need not look at it. */
export function faultOf(sequence: StoredSequence): UnplannedSequence {
  const remedy = 'Mend the sequence, or cancel it.';
  return { sequenceId: sequence.id, code: 'INVALID', sentence: sequence.targetFault, remedy };
}
