import type { Transaction } from './database.ts';

/** Inserts one row and gives the number the database counted for it, on every engine alike. */
export async function insertRow(
  transaction: Transaction,
  table: string,
  row: Record<string, unknown>,
): Promise<number> {
  // Kysely types only a table known beforehand; callers take the row's shape from their entity.
  const open = transaction.tables<Record<string, Record<string, unknown>>>();
  const query = open.insertInto(table).values(row);
  if (transaction.engine === 'mariadb') return Number((await query.executeTakeFirst()).insertId);
  const inserted = await query.returning('id').executeTakeFirstOrThrow();
  return Number(inserted.id);
}
