import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { askedOften, insertRow, type Transaction } from '#db';
import { iso } from '#platform';
import { julianDate, msFromJulianDate } from '#sky';
import type { ReasonCode } from './schedule.ts';
import type { ScheduleEntity, ScheduleHasSequencesEntity } from './schedule-entity.ts';

export type PlanningTables = InferKyselyDB<
  typeof ScheduleEntity | typeof ScheduleHasSequencesEntity
>;

const tables = (reader: Reader) => reader.tables<PlanningTables>();

/** Rows of one statement: few enough for every engine's limit, and for a short stop of the loop. */
const ROWS_AT_ONCE = 100;

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
  /** The kind of that reason; empty when it has a slot. */
  readonly code: ReasonCode | '';
  /** What its observer may do about it. */
  readonly remedy: string;
  /** Only the useful part has room: it ends before its full duration. */
  readonly isShortened: boolean;
}

/** `FIRST`: a valid plan at once after a change. `FULL`: an optimised one. */
export type ScheduleKind = 'FIRST' | 'FULL';

/** What a stored schedule is worth: see `Schedule`. */
export interface ScheduleWorth {
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
}

/** A stored schedule without its lines. */
export interface ScheduleHeader extends ScheduleWorth {
  readonly id: number;
  readonly created: string;
  readonly night: string;
  /** What made it necessary. */
  readonly reason: string;
  readonly kind: ScheduleKind;
  /** The running sequence that it stops, if any. */
  readonly preempts: number | null;
  readonly planStartMs: number;
  readonly planEndMs: number;
}

export interface StoredSchedule extends ScheduleHeader {
  /** In order of start; those without a slot first. */
  readonly lines: readonly ScheduleLine[];
}

/** A schedule of a night's history. */
export interface ScheduleVersion extends ScheduleHeader {
  /** How many sequences have a slot, and how many have none. */
  readonly planned: number;
  readonly unplanned: number;
}

/** A schedule to be stored. */
export interface NewSchedule
  extends Omit<ScheduleHeader, 'id' | 'created' | 'value' | 'bound' | 'gap' | 'kind' | 'preempts'>,
    Partial<Pick<ScheduleHeader, 'value' | 'bound' | 'gap' | 'kind' | 'preempts'>> {
  readonly createdMs: number;
  readonly lines: readonly ScheduleLine[];
}

/**
 * Stores a schedule whole; it becomes the one that counts. Gives its number. `pause` comes between
 * two statements, for whoever must not stop its loop.
 */
export async function insertSchedule(
  transaction: Transaction,
  schedule: NewSchedule,
  pause: () => Promise<void> = async () => undefined,
): Promise<number> {
  const { createdMs, planStartMs, planEndMs, lines, ...more } = schedule;
  const { value = 0, bound = 0, gap = 0, kind = 'FULL', preempts = null, night, reason } = more;
  const id = await insertRow(transaction, 'schedule', {
    created: iso(createdMs),
    plan_start: julianDate(planStartMs),
    plan_end: julianDate(planEndMs),
    ...{ night, reason, value, bound, gap, kind, preempts },
  });
  for (let from = 0; from < lines.length; from += ROWS_AT_ONCE) {
    await pause();
    const rows = lines.slice(from, from + ROWS_AT_ONCE).map((line) => asRow(id, line));
    await tables(transaction).insertInto('schedule_has_sequences').values(rows).execute();
  }
  return id;
}

function asRow(scheduleId: number, line: ScheduleLine) {
  return {
    schedule_id: scheduleId,
    sequence_id: line.sequenceId,
    status: line.startMs === null ? 'UNPLANNABLE' : 'PLANNED',
    tsp: line.startMs === null ? -1 : julianDate(line.startMs),
    tep: line.endMs === null ? -1 : julianDate(line.endMs),
    delta_tl: line.slackLeftSeconds,
    delta_tr: line.slackRightSeconds,
    alt_deg: line.altDeg,
    overhead_seconds: line.overheadSeconds,
    reason: line.reason,
    code: line.code,
    remedy: line.remedy,
    is_shortened: line.isShortened ? 1 : 0,
  };
}

/** A search found nothing better, and proved more: the schedule stays, as an improved one. */
export async function setScheduleBound(
  transaction: Transaction,
  { id, bound, gap }: { id: number } & Pick<ScheduleWorth, 'bound' | 'gap'>,
): Promise<void> {
  await tables(transaction)
    .updateTable('schedule')
    .set({ bound, gap, kind: 'FULL' })
    .where('id', '=', id)
    .execute();
}

/** The number of the schedule that counts; null before the first planning. */
export async function latestScheduleId(reader: Reader): Promise<number | null> {
  const id = (await selectLatestId(reader, {})).rows[0]?.id ?? null;
  return id === null ? null : Number(id);
}

const selectLatestId = askedOften((reader: Reader) =>
  tables(reader)
    .selectFrom('schedule')
    .select((eb) => eb.fn.max('id').as('id')),
);

/** The schedule that counts, with its lines; null before the first planning. */
export async function latestSchedule(reader: Reader): Promise<StoredSchedule | null> {
  const id = await latestScheduleId(reader);
  return id === null ? null : await scheduleById(reader, id);
}

/** One version of the plan with its lines; null when there is none of that number. */
export async function scheduleById(reader: Reader, id: number): Promise<StoredSchedule | null> {
  const row = await selectHeaders(reader).where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const lines = await selectLines(reader)
    .where('schedule_id', '=', id)
    .orderBy('tsp')
    .orderBy('id')
    .execute();
  return { ...asHeader(row), lines: lines.map(asLine) };
}

/**
 * The slots of the schedule that counts that are not over before `fromMs`, in order of start: what is
 * next, without the many that have no slot.
 */
export async function slotsFrom(reader: Reader, fromMs: number): Promise<ScheduleLine[]> {
  const id = await latestScheduleId(reader);
  if (id === null) return [];
  const { rows } = await selectSlots(reader, { id, afterDate: julianDate(fromMs) });
  return rows.map(asLine);
}

const selectSlots = askedOften(
  (reader: Reader, { id, afterDate }: { id: number; afterDate: number }) =>
    selectLines(reader)
      .where('schedule_id', '=', id)
      .where('tsp', '>', 0)
      .where('tep', '>', afterDate)
      .orderBy('tsp')
      .orderBy('id'),
);

/** What the schedule that counts says, in brief. */
export interface StandingPlan {
  readonly night: string;
  /** The kind of reason of each sequence that has no slot. */
  readonly codes: ReadonlyMap<number, string>;
}

/** What to hold a new plan against; null before the first planning. */
export async function standingPlan(reader: Reader): Promise<StandingPlan | null> {
  const id = await latestScheduleId(reader);
  if (id === null) return null;
  const { night } = await selectHeaders(reader).where('id', '=', id).executeTakeFirstOrThrow();
  const rows = await tables(reader)
    .selectFrom('schedule_has_sequences')
    .select(['sequence_id', 'code'])
    .where('schedule_id', '=', id)
    .where('tsp', '=', -1)
    .execute();
  return { night, codes: new Map(rows.map((row) => [Number(row.sequence_id), row.code])) };
}

/** The line of one sequence in the schedule that counts. */
export async function lineOf(reader: Reader, sequenceId: number): Promise<ScheduleLine | null> {
  const id = await latestScheduleId(reader);
  if (id === null) return null;
  const row = await selectLines(reader)
    .where('schedule_id', '=', id)
    .where('sequence_id', '=', sequenceId)
    .executeTakeFirst();
  return row ? asLine(row) : null;
}

/** The versions of a night's plan, oldest first. */
export async function schedulesOfNight(reader: Reader, night: string): Promise<ScheduleVersion[]> {
  const rows = await selectHeaders(reader).where('night', '=', night).orderBy('id').execute();
  const counts = await tables(reader)
    .selectFrom('schedule_has_sequences')
    .innerJoin('schedule', 'schedule.id', 'schedule_has_sequences.schedule_id')
    .select(['schedule_id', 'status', (eb) => eb.fn.countAll().as('count')])
    .where('schedule.night', '=', night)
    .groupBy(['schedule_id', 'status'])
    .execute();
  return rows.map((row) => {
    const countOf = (status: string): number => {
      const found = counts.find(
        (one) => Number(one.schedule_id) === row.id && one.status === status,
      );
      return Number(found?.count ?? 0);
    };
    return { ...asHeader(row), planned: countOf('PLANNED'), unplanned: countOf('UNPLANNABLE') };
  });
}

function selectHeaders(reader: Reader) {
  return tables(reader).selectFrom('schedule').selectAll();
}

function selectLines(reader: Reader) {
  return tables(reader).selectFrom('schedule_has_sequences').selectAll();
}

type HeaderRow = Awaited<ReturnType<ReturnType<typeof selectHeaders>['execute']>>[number];
type LineRow = Awaited<ReturnType<ReturnType<typeof selectLines>['execute']>>[number];

function asHeader(row: HeaderRow): ScheduleHeader {
  const { id, created, night, reason, value, bound, gap, preempts } = row;
  return {
    ...{ id, created, night, reason, value, bound, gap, preempts },
    kind: row.kind === 'FIRST' ? 'FIRST' : 'FULL',
    planStartMs: msFromJulianDate(row.plan_start),
    planEndMs: msFromJulianDate(row.plan_end),
  };
}

function asLine(row: LineRow): ScheduleLine {
  return {
    sequenceId: Number(row.sequence_id),
    startMs: row.tsp === -1 ? null : msFromJulianDate(row.tsp),
    endMs: row.tep === -1 ? null : msFromJulianDate(row.tep),
    slackLeftSeconds: row.delta_tl,
    slackRightSeconds: row.delta_tr,
    altDeg: row.alt_deg,
    overheadSeconds: row.overhead_seconds,
    reason: row.reason,
    code: row.code as ReasonCode | '',
    remedy: row.remedy,
    isShortened: row.is_shortened === 1,
  };
}
