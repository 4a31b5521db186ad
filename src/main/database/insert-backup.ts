import { sql } from 'kysely';
import type { Database, Transaction } from '#db';
import { PyrosError, sentenceOf } from '#platform';
import type { Header, Value } from './backup-format.ts';
import { type CheckedBackup, rowsOf } from './read-backup.ts';
import type { AnyTables } from './tables.ts';

/** All engines take this many values in one statement. */
const VALUES_AT_ONCE = 20_000;
const ROWS_AT_ONCE = 500;
/** MariaDB refuses statements above 16 MB. */
const CHARACTERS_AT_ONCE = 1_000_000;

type Table = Header['tables'][number];

/**
 * Puts the rows of a checked backup into tables that are empty and have its structure: all or none.
 *
 * @throws PyrosError `RESTORE_FAILED` when the database does not take them.
 */
export async function insertBackup(
  database: Database,
  file: string,
  { header, footer }: CheckedBackup,
): Promise<void> {
  try {
    await database.transaction(async (transaction) => {
      await insertRows(transaction, file, header);
      for (const table of header.tables) {
        const held = await countRows(transaction, table.name);
        if (held !== footer.rows[table.name]) {
          throw new RangeError(`${table.name} holds ${held} rows, not ${footer.rows[table.name]}`);
        }
        if (transaction.engine === 'postgres') await setCounter(transaction, table);
      }
    });
  } catch (error) {
    const sentence = `The backup was not restored, nothing of it was kept: ${sentenceOf(error)}.`;
    throw new PyrosError('RESTORE_FAILED', sentence, {
      cause: error,
      remedy: 'Mend what it says, then restore again.',
    });
  }
}

async function insertRows(transaction: Transaction, file: string, header: Header): Promise<void> {
  let table: Table | undefined;
  let waiting: Record<string, Value>[] = [];
  let characters = 0;
  const flush = async () => {
    if (table && waiting.length > 0) await insertInto(transaction, table, waiting);
    waiting = [];
    characters = 0;
  };
  for await (const [number, ...values] of rowsOf(file)) {
    const next = header.tables[number];
    if (next !== table || isFull(table, waiting.length, characters)) await flush();
    table = next;
    waiting.push(
      Object.fromEntries(table?.columns.map((name, i) => [name, values[i] ?? null]) ?? []),
    );
    for (const value of values) characters += typeof value === 'string' ? value.length : 8;
  }
  await flush();
}

function isFull(table: Table | undefined, rows: number, characters: number): boolean {
  const columns = table?.columns.length ?? 1;
  return (
    rows >= ROWS_AT_ONCE || (rows + 1) * columns > VALUES_AT_ONCE || characters > CHARACTERS_AT_ONCE
  );
}

async function insertInto(
  transaction: Transaction,
  table: Table,
  rows: readonly Record<string, Value>[],
): Promise<void> {
  await transaction.tables<AnyTables>().insertInto(table.name).values(rows).execute();
}

async function countRows(transaction: Transaction, table: string): Promise<number> {
  const { rows } = await sql<{ n: number | string }>`
    select count(*) as n from ${sql.table(table)}`.execute(transaction.tables());
  return Number(rows[0]?.n);
}

/** SQLite and MariaDB count on from the greatest number by themselves. */
async function setCounter(transaction: Transaction, table: Table): Promise<void> {
  if (!table.columns.includes('id')) return;
  const name = sql.lit(`"${table.name}"`);
  await sql`
    select setval(pg_get_serial_sequence(${name}, 'id'), max(id)) from ${sql.table(table.name)}
    having max(id) is not null and pg_get_serial_sequence(${name}, 'id') is not null
  `.execute(transaction.tables());
}
