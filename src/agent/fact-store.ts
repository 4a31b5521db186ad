import { askedOften, type Transaction } from '#db';
import { iso } from '#platform';
import { type Reader, tablesOf } from './agent-tables-store.ts';
import type { Fact, FactPayloads, FactType } from './fact-vocabulary.ts';

/** Appends a fact to the transaction that makes it true, and wakes everybody once it is. */
export async function appendFact<T extends FactType>(
  transaction: Transaction,
  fact: { atMs: number; agent: string; type: T; payload: FactPayloads[T] },
): Promise<void> {
  await transaction.takeTurn();
  await tablesOf(transaction)
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
  return (await selectAfter(reader, { lastId, limit })).rows.map(asFact);
}

const selectAfter = askedOften(
  (reader: Reader, { lastId, limit }: { lastId: number; limit: number }) =>
    tablesOf(reader)
      .selectFrom('fact')
      .selectAll()
      .where('id', '>', lastId)
      .orderBy('id')
      .limit(limit),
);

/** The latest facts, newest first. */
export async function latestFacts(reader: Reader, limit: number): Promise<Fact[]> {
  const rows = await tablesOf(reader)
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
  const [last = null] = await lastFacts(reader, type, 1);
  return last;
}

/** The latest facts of a type, oldest first. */
export async function lastFacts<T extends FactType>(
  reader: Reader,
  type: T,
  limit: number,
): Promise<Extract<Fact, { type: T }>[]> {
  const rows = await tablesOf(reader)
    .selectFrom('fact')
    .selectAll()
    .where('type', '=', type)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map((row) => asFact(row) as Extract<Fact, { type: T }>);
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
  const row = await tablesOf(reader)
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
  const done = await tablesOf(transaction)
    .updateTable('fact_cursor')
    .set({ last_fact_id: to })
    .where('agent', '=', agent)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await tablesOf(transaction)
    .insertInto('fact_cursor')
    .values({ agent, last_fact_id: to })
    .execute();
}

/** Leaves a line for people. */
export async function writeLog(
  transaction: Transaction,
  line: { atMs: number; agent: string; level: string; message: string },
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('log')
    .values({ at: iso(line.atMs), agent: line.agent, level: line.level, message: line.message })
    .execute();
}
