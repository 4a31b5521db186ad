import type { InferKyselyDB } from '@mikro-orm/sql';
import { type Database, insertRow, type Transaction } from '#db';
import { iso, parseIso } from '#platform';
import type {
  AgentsSurveyEntity,
  CommandEntity,
  FactCursorEntity,
  FactEntity,
  LogEntity,
} from './agent-entity.ts';
import type { AgentMode, CommandState } from './command.ts';
import type { Fact, FactPayloads, FactType } from './fact-vocabulary.ts';

export type AgentTables = InferKyselyDB<
  | typeof FactEntity
  | typeof FactCursorEntity
  | typeof CommandEntity
  | typeof AgentsSurveyEntity
  | typeof LogEntity
>;

/** Anything that can query: the database, or a transaction in progress. */
export type Reader = Pick<Database, 'tables'> | Pick<Transaction, 'tables'>;

const tables = (reader: Reader) => reader.tables<AgentTables>();

/** Appends a fact to the transaction that makes it true, and wakes everybody once it is. */
export async function appendFact<T extends FactType>(
  transaction: Transaction,
  fact: { atMs: number; agent: string; type: T; payload: FactPayloads[T] },
): Promise<void> {
  await transaction.takeTurn();
  await tables(transaction)
    .insertInto('fact')
    .values({
      at: iso(fact.atMs),
      agent: fact.agent,
      type: fact.type,
      payload: JSON.stringify(fact.payload),
    })
    .execute();
  transaction.announce();
}

/** Facts after `lastId`, oldest first. */
export async function factsAfter(reader: Reader, lastId: number, limit = 500): Promise<Fact[]> {
  const rows = await tables(reader)
    .selectFrom('fact')
    .selectAll()
    .where('id', '>', lastId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(asFact);
}

/** The latest facts, newest first. */
export async function latestFacts(reader: Reader, limit: number): Promise<Fact[]> {
  const rows = await tables(reader)
    .selectFrom('fact')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(asFact);
}

/** The latest fact of a type; null when there is none. */
export async function lastFact<T extends FactType>(
  reader: Reader,
  type: T,
): Promise<Extract<Fact, { type: T }> | null> {
  const row = await tables(reader)
    .selectFrom('fact')
    .selectAll()
    .where('type', '=', type)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? (asFact(row) as Extract<Fact, { type: T }>) : null;
}

function asFact(row: {
  id: number;
  at: string;
  agent: string;
  type: string;
  payload: string;
}): Fact {
  return { ...row, payload: JSON.parse(row.payload) } as Fact;
}

/** How far an agent has read; 0 before its first reading. */
export async function readCursor(reader: Reader, agent: string): Promise<number> {
  const row = await tables(reader)
    .selectFrom('fact_cursor')
    .select('last_fact_id')
    .where('agent', '=', agent)
    .executeTakeFirst();
  return row?.last_fact_id ?? 0;
}

/** Moves an agent's cursor, in the transaction that holds what it did about those facts. */
export async function moveCursor(
  transaction: Transaction,
  agent: string,
  to: number,
): Promise<void> {
  const done = await tables(transaction)
    .updateTable('fact_cursor')
    .set({ last_fact_id: to })
    .where('agent', '=', agent)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await tables(transaction).insertInto('fact_cursor').values({ agent, last_fact_id: to }).execute();
}

/** A command as its two ends see it. */
export interface Command {
  readonly id: number;
  readonly sender: string;
  readonly recipient: string;
  readonly name: string;
  readonly payload: unknown;
  readonly depositMs: number;
  readonly validitySeconds: number;
  readonly state: CommandState;
  readonly progress: string;
  readonly result: string;
  readonly errorCode: string;
}

export async function insertCommand(
  transaction: Transaction,
  command: {
    sender: string;
    recipient: string;
    name: string;
    payload: unknown;
    atMs: number;
    validitySeconds: number;
  },
): Promise<number> {
  const id = await insertRow(transaction, 'command', {
    sender: command.sender,
    recipient: command.recipient,
    name: command.name,
    payload: JSON.stringify(command.payload),
    deposit_time: iso(command.atMs),
    validity_seconds: command.validitySeconds,
    state: 'PENDING',
    progress: '',
    result: '',
    error_code: '',
  });
  transaction.announce();
  return id;
}

export async function commandsOf(
  reader: Reader,
  where: { recipient: string; state: CommandState },
): Promise<Command[]> {
  const rows = await tables(reader)
    .selectFrom('command')
    .selectAll()
    .where('recipient', '=', where.recipient)
    .where('state', '=', where.state)
    .orderBy('id')
    .execute();
  return rows.map(asCommand);
}

export async function readCommand(reader: Reader, id: number): Promise<Command | null> {
  const row = await tables(reader)
    .selectFrom('command')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? asCommand(row) : null;
}

/**
 * Moves a command from one state to another, if it is still in the first: whoever comes second
 * changes nothing and gets false.
 */
export async function moveCommand(
  transaction: Transaction,
  move: {
    id: number;
    from: CommandState;
    to: CommandState;
    atMs: number;
    result?: string;
    errorCode?: string;
  },
): Promise<boolean> {
  const at = iso(move.atMs);
  const done = await tables(transaction)
    .updateTable('command')
    .set({
      state: move.to,
      ...(move.from === 'PENDING' ? { r_read_time: at } : {}),
      ...(move.to === 'RUNNING' ? { r_start_time: at } : { r_end_time: at }),
      ...(move.result === undefined ? {} : { result: move.result }),
      ...(move.errorCode === undefined ? {} : { error_code: move.errorCode }),
    })
    .where('id', '=', move.id)
    .where('state', '=', move.from)
    .executeTakeFirst();
  transaction.announce();
  return Number(done.numUpdatedRows) > 0;
}

type CommandRow = {
  id: number;
  sender: string;
  recipient: string;
  name: string;
  payload: string;
  deposit_time: string;
  validity_seconds: number;
  state: string;
  progress: string;
  result: string;
  error_code: string;
};

function asCommand(row: CommandRow): Command {
  return {
    id: row.id,
    sender: row.sender,
    recipient: row.recipient,
    name: row.name,
    payload: JSON.parse(row.payload),
    depositMs: parseIso(row.deposit_time),
    validitySeconds: row.validity_seconds,
    state: row.state as CommandState,
    progress: row.progress,
    result: row.result,
    errorCode: row.error_code,
  };
}

/** What an agent says of itself. */
export interface Survey {
  readonly name: string;
  readonly mode: AgentMode;
  readonly status: string;
  readonly pid: number;
  readonly atMs: number;
  /** For how long this word counts, seconds. */
  readonly validitySeconds: number;
}

/** Writes an agent's survey row; `created` keeps the first date. */
export async function writeSurvey(transaction: Transaction, survey: Survey): Promise<void> {
  const row = {
    updated: iso(survey.atMs),
    validity_duration_sec: Math.round(survey.validitySeconds),
    mode: survey.mode,
    status: survey.status,
    pid: survey.pid,
  };
  const done = await tables(transaction)
    .updateTable('agents_survey')
    .set(row)
    .where('name', '=', survey.name)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await tables(transaction)
    .insertInto('agents_survey')
    .values({ name: survey.name, created: row.updated, ...row })
    .execute();
}

export async function readSurveys(reader: Reader): Promise<Survey[]> {
  const rows = await tables(reader)
    .selectFrom('agents_survey')
    .selectAll()
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    mode: row.mode as AgentMode,
    status: row.status,
    pid: row.pid,
    atMs: parseIso(row.updated),
    validitySeconds: row.validity_duration_sec,
  }));
}

export async function writeLog(
  transaction: Transaction,
  line: { atMs: number; agent: string; level: string; message: string },
): Promise<void> {
  await tables(transaction)
    .insertInto('log')
    .values({ at: iso(line.atMs), agent: line.agent, level: line.level, message: line.message })
    .execute();
}
