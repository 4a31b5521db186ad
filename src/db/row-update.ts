import { type Asker, askedOften, type Values } from './asked-often.ts';

/** Writes columns of the rows that have these values; tells whether there was one. */
export type RowUpdate = (
  transaction: Asker,
  set: Values,
  where: Readonly<Record<string, string | number>>,
) => Promise<boolean>;

/** Tells the values that choose a row from those that are written. */
const WHERE = 'where ';

/** How the rows of one table are written again and again: compiled once for each choice of columns. */
export function rowUpdate(table: string): RowUpdate {
  const update = askedOften((transaction: Asker, values: Values) => {
    // Kysely types only a table known beforehand.
    const open = transaction.tables<Record<string, Record<string, unknown>>>();
    const names = Object.keys(values);
    const written = names.filter((name) => !name.startsWith(WHERE));
    const set = Object.fromEntries(written.map((name) => [name, values[name]]));
    return names
      .filter((name) => name.startsWith(WHERE))
      .reduce(
        (query, name) => query.where(name.slice(WHERE.length), '=', values[name]),
        open.updateTable(table).set(set),
      );
  });
  return async (transaction, set, where) => {
    const chosen = Object.entries(where).map(([name, value]) => [WHERE + name, value]);
    const done = await update(transaction, { ...set, ...Object.fromEntries(chosen) });
    return Number(done.numAffectedRows ?? 0) > 0;
  };
}
