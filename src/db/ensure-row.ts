import type { Transaction } from './database.ts';

type AnyTables = Record<string, Record<string, unknown>>;

/** Columns and their values. */
type Values = Readonly<Record<string, unknown>>;

/**
 * The number of the row that has these values (`key`), inserted with `more` when there is none. Where
 * the key is unique, two transactions at once agree on one row; elsewhere the oldest row counts.
 */
export async function ensureRow(
  transaction: Transaction,
  table: string,
  { key, more }: { key: Values; more: Values },
): Promise<number> {
  const found = await rowsWith(transaction, table, key).executeTakeFirst();
  if (found) return Number(found.id);
  const insert = transaction.tables<AnyTables>().insertInto(table);
  const values = insert.values({ ...key, ...more });
  if (transaction.engine === 'mariadb') await values.ignore().execute();
  else await values.onConflict((conflict) => conflict.doNothing()).execute();
  const latest = rowsWith(transaction, table, key);
  // A plain read of MariaDB would not see a row that another transaction has committed meanwhile.
  const query = transaction.engine === 'mariadb' ? latest.forUpdate() : latest;
  return Number((await query.executeTakeFirstOrThrow()).id);
}

function rowsWith(transaction: Transaction, table: string, key: Values) {
  let query = transaction.tables<AnyTables>().selectFrom(table).select('id').orderBy('id').limit(1);
  for (const [column, value] of Object.entries(key)) query = query.where(column, '=', value);
  return query;
}
