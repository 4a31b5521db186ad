import { type RawBuilder, sql } from 'kysely';
import { askedOften, type Transaction } from '#db';
import { iso, parseIso } from '#platform';
import { type Reader, tablesOf } from './agent-tables-store.ts';
import type { AgentMode } from './command.ts';

/** What an agent says of itself. */
export interface Survey {
  readonly name: string;
  readonly mode: AgentMode;
  readonly status: string;
  readonly pid: number;
  /** The computer it runs on. */
  readonly host: string;
  /** Counts the lives of this name. */
  readonly incarnation: number;
  /** Turns of its loop in this life. */
  readonly iteration: number;
  readonly atMs: number;
  /** For how long this word counts, seconds. */
  readonly validitySeconds: number;
}

/** Statuses of an agent that is not there. */
export const STOPPED = 'STOPPED';
export const NOT_STARTED = 'NOT_STARTED';

/** Whether an agent that said this is to be taken for alive. */
export function isAlive(survey: Survey, nowMs: number): boolean {
  if (survey.status === STOPPED || survey.status === NOT_STARTED) return false;
  return nowMs - survey.atMs <= survey.validitySeconds * 1000;
}

/**
 * Writes what an agent says of itself; `created` keeps the first date. Gives false, and writes
 * nothing, when a newer life holds the name.
 */
export async function writeSurvey(transaction: Transaction, survey: Survey): Promise<boolean> {
  const done = await updateSurvey(transaction, { name: survey.name, ...rowOf(survey) });
  if (Number(done.numAffectedRows ?? 0) > 0) return true;
  if (await readSurvey(transaction, survey.name)) return false;
  await insertSurvey(transaction, survey);
  return true;
}

const updateSurvey = askedOften(
  (transaction: Transaction, { name, ...row }: { name: string } & ReturnType<typeof rowOf>) =>
    tablesOf(transaction)
      .updateTable('agents_survey')
      .set(row)
      .where('name', '=', name)
      .where('incarnation', '<=', row.incarnation),
);

/** Of two processes that make the same name known, one does. */
async function insertSurvey(transaction: Transaction, survey: Survey): Promise<void> {
  const row = rowOf(survey);
  const insert = tablesOf(transaction)
    .insertInto('agents_survey')
    .values({ name: survey.name, created: row.updated, ...row });
  const isMariaDb = transaction.engine === 'mariadb';
  await (isMariaDb ? insert.ignore() : insert.onConflict((one) => one.doNothing())).execute();
}

function rowOf(survey: Survey) {
  return {
    updated: iso(survey.atMs),
    validity_duration_sec: Math.round(survey.validitySeconds),
    mode: survey.mode,
    status: survey.status,
    pid: survey.pid,
    host: survey.host,
    incarnation: survey.incarnation,
    iteration: survey.iteration,
  };
}

/** Remembers a mode that was set. */
export async function writeMode(
  transaction: Transaction,
  name: string,
  mode: AgentMode,
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('agents_survey')
    .set({ mode })
    .where('name', '=', name)
    .execute();
}

/** Makes the agents of a unit known before their first start, so that commands may be sent to them. */
export async function registerAgents(
  transaction: Transaction,
  names: readonly string[],
  atMs: number,
): Promise<void> {
  const known = new Set((await readSurveys(transaction)).map((survey) => survey.name));
  for (const name of names.filter((one) => !known.has(one))) {
    await insertSurvey(transaction, {
      name,
      mode: 'IDLE',
      status: NOT_STARTED,
      pid: 0,
      host: '',
      incarnation: 0,
      iteration: 0,
      atMs,
      validitySeconds: 0,
    });
  }
}

const selectSurveys = askedOften((reader: Reader) =>
  tablesOf(reader).selectFrom('agents_survey').selectAll().orderBy('name'),
);

export async function readSurveys(reader: Reader): Promise<Survey[]> {
  return (await selectSurveys(reader, {})).rows.map(asSurvey);
}

export async function readSurvey(reader: Reader, name: string): Promise<Survey | null> {
  const row = await tablesOf(reader)
    .selectFrom('agents_survey')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? asSurvey(row) : null;
}

/**
 * Takes the name for a new life, if the last word in it is still the one that was seen: of two that
 * try, one gets false.
 */
export async function claimName(
  transaction: Transaction,
  seen: Survey | null,
  survey: Survey,
): Promise<boolean> {
  if (!seen) await registerAgents(transaction, [survey.name], survey.atMs);
  const query = tablesOf(transaction)
    .selectFrom('agents_survey')
    .selectAll()
    .where('name', '=', survey.name);
  const held = transaction.engine === 'sqlite' ? query : query.forUpdate();
  const row = await held.executeTakeFirst();
  if (!row || row.incarnation !== survey.incarnation - 1) return false;
  if (seen && asSurvey(row).atMs !== seen.atMs) return false;
  await tablesOf(transaction)
    .updateTable('agents_survey')
    .set(rowOf(survey))
    .where('name', '=', survey.name)
    .execute();
  return true;
}

/** SQLite lets one transaction write at a time anyway; MariaDB has its own words for it. */
function shared<T extends { forShare(): T; modifyEnd(end: RawBuilder<unknown>): T }>(
  query: T,
  engine: Transaction['engine'],
): T {
  if (engine === 'sqlite') return query;
  return engine === 'postgres' ? query.forShare() : query.modifyEnd(sql`lock in share mode`);
}

/**
 * The newest life of a name, held as it is until the transaction ends: whoever takes the name over
 * waits for it.
 */
export async function holdIncarnation(transaction: Transaction, name: string): Promise<number> {
  return (await selectIncarnation(transaction, { name })).rows[0]?.incarnation ?? 0;
}

const selectIncarnation = askedOften((transaction: Transaction, { name }: { name: string }) =>
  tablesOf(transaction)
    .selectFrom('agents_survey')
    .select('incarnation')
    .where('name', '=', name)
    .$call((one) => shared(one, transaction.engine)),
);

interface SurveyRow {
  name: string;
  updated: string;
  validity_duration_sec: number;
  mode: string;
  status: string;
  pid: number;
  host: string;
  incarnation: number;
  iteration: number;
}

function asSurvey(row: SurveyRow): Survey {
  return {
    name: row.name,
    mode: row.mode as AgentMode,
    status: row.status,
    pid: row.pid,
    host: row.host,
    incarnation: row.incarnation,
    iteration: row.iteration,
    atMs: parseIso(row.updated),
    validitySeconds: row.validity_duration_sec,
  };
}
