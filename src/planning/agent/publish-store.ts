import type { Work } from '#agent';
import { type PlanningVerdict, setPlanningVerdicts, statusesIn } from '#request';
import type { Schedule } from '../schedule.ts';
import { insertSchedule, type ScheduleKind } from '../schedule-store.ts';
import { inPieces } from './in-pieces.ts';
import { linesOf, verdictsOf } from './publication.ts';
import { type Situation, WAITING } from './situation-store.ts';

/** Verdicts of one statement: it must not stop the loop for long. */
const VERDICTS_AT_ONCE = 100;

/** A plan to be made known. */
export interface Publication {
  readonly schedule: Schedule;
  readonly situation: Situation;
  readonly kind: ScheduleKind;
  /** What made it necessary. */
  readonly cause: string;
  readonly createdMs: number;
  /** Comes between two statements. */
  readonly pause: () => Promise<void>;
  /** It is stored whatever runs by now. */
  readonly isForced?: boolean;
}

/**
 * Stores a plan, what it decides of each sequence, and the fact. What was deleted or withdrawn while
 * it was made is left out. Null, and nothing is stored, when another sequence runs by now than the
 * plan takes for granted. Gives the number of the schedule.
 */
export async function publish(work: Work, publication: Publication): Promise<number | null> {
  const { schedule, situation, kind, cause, createdMs, pause } = publication;
  const present = await statusesIn(work, [...WAITING, 'EXECUTING']);
  const [runs] = [...present].find(([, status]) => status === 'EXECUTING') ?? [];
  if (runs !== situation.running?.id && !publication.isForced) return null;
  await pause();
  const unplanned = [...schedule.unplanned, ...situation.faults];
  const { waiting } = situation;
  const lines = linesOf({ ...schedule, unplanned }, waiting).filter((line) =>
    present.has(line.sequenceId),
  );
  const about = { night: situation.night, reason: cause, kind, createdMs };
  const { value, bound, gap, preempts, startMs: planStartMs, endMs: planEndMs } = schedule;
  const worth = { value, bound, gap, preempts, planStartMs, planEndMs };
  const scheduleId = await insertSchedule(work, { ...about, ...worth, lines }, pause);
  await settle(work, verdictsOf(lines, waiting), pause);
  const slots = lines.filter((line) => line.startMs !== null);
  await work.fact('SchedulePublished', {
    scheduleId,
    reason: cause,
    planned: slots.length,
    unplanned: lines.length - slots.length,
    first: slots.find((slot) => slot.sequenceId !== runs)?.sequenceId ?? null,
  });
  return scheduleId;
}

/** Writes verdicts a hundred at a time. */
export async function settle(
  work: Work,
  verdicts: readonly PlanningVerdict[],
  pause: () => Promise<void>,
): Promise<void> {
  const pieces = { size: VERDICTS_AT_ONCE, pause };
  await inPieces(verdicts, pieces, (piece) => setPlanningVerdicts(work, piece));
}
