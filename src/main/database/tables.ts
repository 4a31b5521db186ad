import { type Kysely, sql } from 'kysely';
import type { Database } from '#db';
import { VERSION_TABLE } from './schema-version.ts';

/** A table as it is in the database. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of its primary key. */
  readonly key: readonly string[];
}

/** Any table, when its shape is known only at run time. */
export type AnyTables = Record<string, Record<string, unknown>>;

/** Where an interrupted migration notes how far it came. */
export const PROGRESS_TABLE = 'update_progress';

type Engine = Database['engine'];
type Connection = Kysely<unknown>;

/** Every table of data, those that others refer to first. */
export async function tablesInOrder(
  connection: Connection,
  engine: Engine,
): Promise<readonly TableShape[]> {
  const found = (await connection.introspection.getTables()).filter(
    (table) =>
      !table.isView &&
      (engine !== 'postgres' || table.schema === 'public') &&
      ![VERSION_TABLE, PROGRESS_TABLE].includes(table.name),
  );
  const keys = await keysOf(connection, engine);
  const shapes = found
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name),
      key: keys.get(name) ?? [],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return parentsFirst(shapes, await referencesOf(connection, engine));
}

/** A reference from one table to another. */
export interface Reference {
  readonly child: string;
  readonly parent: string;
}

/** Orders tables so that each comes after those it refers to; a circle is cut where it is met. */
export function parentsFirst<T extends { readonly name: string }>(
  tables: readonly T[],
  references: readonly Reference[],
): T[] {
  const ordered: T[] = [];
  const seen = new Set<string>();
  const visit = (table: T) => {
    if (seen.has(table.name)) return;
    seen.add(table.name);
    for (const { child, parent } of references) {
      if (child !== table.name) continue;
      for (const other of tables) if (other.name === parent) visit(other);
    }
    ordered.push(table);
  };
  for (const table of tables) visit(table);
  return ordered;
}

async function keysOf(connection: Connection, engine: Engine): Promise<Map<string, string[]>> {
  const query =
    engine === 'sqlite'
      ? sql<{ tab: string; col: string }>`
          select m.name as tab, c.name as col
          from sqlite_master m, pragma_table_info(m.name) c
          where m.type = 'table' and c.pk > 0 order by m.name, c.pk`
      : sql<{ tab: string; col: string }>`
          select k.table_name as tab, k.column_name as col
          from information_schema.table_constraints t
          join information_schema.key_column_usage k
            on k.constraint_name = t.constraint_name and k.table_schema = t.table_schema
            and k.table_name = t.table_name
          where t.constraint_type = 'PRIMARY KEY' and t.table_schema = ${schemaOf(engine)}
          order by k.table_name, k.ordinal_position`;
  const keys = new Map<string, string[]>();
  for (const { tab, col } of (await query.execute(connection)).rows) {
    keys.set(tab, [...(keys.get(tab) ?? []), col]);
  }
  return keys;
}

async function referencesOf(connection: Connection, engine: Engine): Promise<readonly Reference[]> {
  if (engine === 'sqlite') {
    const { rows } = await sql<Reference>`
      select m.name as child, f."table" as parent
      from sqlite_master m, pragma_foreign_key_list(m.name) f
      where m.type = 'table'`.execute(connection);
    return rows;
  }
  if (engine === 'mariadb') {
    const { rows } = await sql<Reference>`
      select table_name as child, referenced_table_name as parent
      from information_schema.referential_constraints
      where constraint_schema = database()`.execute(connection);
    return rows;
  }
  const { rows } = await sql<Reference>`
    select child.relname as child, parent.relname as parent
    from pg_constraint c
    join pg_class child on child.oid = c.conrelid
    join pg_class parent on parent.oid = c.confrelid
    where c.contype = 'f'`.execute(connection);
  return rows;
}

function schemaOf(engine: Engine) {
  return engine === 'postgres' ? sql`'public'` : sql`database()`;
}

/** Whether any table holds a row. */
export async function holdsData(database: Database): Promise<boolean> {
  const open = database.tables<AnyTables>();
  for (const { name } of await tablesInOrder(database.tables(), database.engine)) {
    const row = await open.selectFrom(name).selectAll().limit(1).executeTakeFirst();
    if (row) return true;
  }
  return false;
}

/** Takes every table away, with all that it holds. */
export async function dropTables(database: Database): Promise<void> {
  const { engine } = database;
  await database
    .tables()
    .connection()
    .execute(async (connection) => {
      const tables = (await connection.introspection.getTables()).filter(
        (table) => !table.isView && (engine !== 'postgres' || table.schema === 'public'),
      );
      await checkReferences(connection, engine, false);
      try {
        for (const { name } of tables) {
          const cascade = engine === 'postgres' ? sql` cascade` : sql``;
          await sql`drop table ${sql.table(name)}${cascade}`.execute(connection);
        }
      } finally {
        await checkReferences(connection, engine, true);
      }
    });
}

/** PostgreSQL needs no such thing: there a table is dropped with what refers to it. */
async function checkReferences(connection: Connection, engine: Engine, on: boolean): Promise<void> {
  const value = sql.raw(on ? '1' : '0');
  if (engine === 'sqlite') await sql`pragma foreign_keys = ${value}`.execute(connection);
  if (engine === 'mariadb') await sql`set foreign_key_checks = ${value}`.execute(connection);
}
