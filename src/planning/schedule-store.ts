import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { insertRow, type Transaction } from '#db';
import { iso } from '#platform';
import { julianDate, msFromJulianDate } from '#sky';
import type { ScheduleEntity, ScheduleHasSequencesEntity } from './schedule-entity.ts';

export type PlanningTables = InferKyselyDB<
  typeof ScheduleEntity | typeof ScheduleHasSequencesEntity
>;

const tables = (reader: Reader) => reader.tables<PlanningTables>();

/** One sequence in a stored schedule. Instants are UTC ms; null when it has no slot. */
export interface ScheduleLine {
  readonly sequenceId: number;
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly slackLeftSeconds: number;
  readonly slackRightSeconds: number;
  readonly altDeg: number;
  readonly overheadSeconds: number;
  /** Why it has no slot; empty when it has one. */
  readonly reason: string;
}

export interface StoredSchedule {
  readonly id: number;
  readonly created: string;
  readonly night: string;
  readonly reason: string;
  readonly lines: readonly ScheduleLine[];
}

/** Stores a schedule whole; it becomes the one that counts. Gives its number. */
export async function insertSchedule(
  transaction: Transaction,
  schedule: {
    createdMs: number;
    night: string;
    reason: string;
    planStartMs: number;
    planEndMs: number;
    lines: readonly ScheduleLine[];
  },
): Promise<number> {
  const id = await insertRow(transaction, 'schedule', {
    created: iso(schedule.createdMs),
    plan_start: julianDate(schedule.planStartMs),
    plan_end: julianDate(schedule.planEndMs),
    night: schedule.night,
    reason: schedule.reason,
  });
  const rows = schedule.lines.map((line) => ({ schedule_id: id, ...asRow(line) }));
  if (rows.length > 0) {
    await tables(transaction).insertInto('schedule_has_sequences').values(rows).execute();
  }
  return id;
}

function asRow(line: ScheduleLine) {
  return {
    sequence_id: line.sequenceId,
    status: line.startMs === null ? 'UNPLANNABLE' : 'PLANNED',
    tsp: line.startMs === null ? -1 : julianDate(line.startMs),
    tep: line.endMs === null ? -1 : julianDate(line.endMs),
    delta_tl: line.slackLeftSeconds,
    delta_tr: line.slackRightSeconds,
    alt_deg: line.altDeg,
    overhead_seconds: line.overheadSeconds,
    reason: line.reason,
  };
}

/** The schedule that counts, its lines in order of start; null before the first planning. */
export async function latestSchedule(reader: Reader): Promise<StoredSchedule | null> {
  const schedule = await tables(reader)
    .selectFrom('schedule')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!schedule) return null;
  const rows = await tables(reader)
    .selectFrom('schedule_has_sequences')
    .selectAll()
    .where('schedule_id', '=', schedule.id)
    .orderBy('tsp')
    .orderBy('id')
    .execute();
  const { id, created, night, reason } = schedule;
  return { id, created, night, reason, lines: rows.map(asLine) };
}

function asLine(row: {
  sequence_id: number;
  tsp: number;
  tep: number;
  delta_tl: number;
  delta_tr: number;
  alt_deg: number;
  overhead_seconds: number;
  reason: string;
}): ScheduleLine {
  return {
    sequenceId: row.sequence_id,
    startMs: row.tsp === -1 ? null : msFromJulianDate(row.tsp),
    endMs: row.tep === -1 ? null : msFromJulianDate(row.tep),
    slackLeftSeconds: row.delta_tl,
    slackRightSeconds: row.delta_tr,
    altDeg: row.alt_deg,
    overheadSeconds: row.overhead_seconds,
    reason: row.reason,
  };
}
