import { pathToFileURL } from 'node:url';
import type { Migration, Migrator } from '@mikro-orm/migrations';
import { sql } from 'kysely';
import type { Database } from '#db';
import type { Orm } from '../../db/orm.ts';
import { PROGRESS_TABLE } from './tables.ts';

/** What a migration by statements works with. */
export interface StatementWork {
  readonly database: Database;
  readonly migrator: Migrator;
  readonly orm: Pick<Orm, 'em' | 'config'>;
  /** Full name of the last migration to apply. */
  readonly last: string;
  /** Called after each statement with how many of its migration are done. */
  readonly onStatement?: (done: number, of: number) => void;
}

type MigrationClass = new (driver: unknown, config: unknown) => Migration;

/**
 * MariaDB ends a transaction at every change of structure. So the statements are done one by one, and
 * how far they came is written down with each: after a crash the next call goes on from there. The one
 * statement that may have been done without being noted is recognised by what the server says of it.
 */
export async function migrateByStatement(work: StatementWork): Promise<string[]> {
  const { database, migrator } = work;
  await sql`create table if not exists ${sql.table(PROGRESS_TABLE)}
    (migration varchar(200) primary key, statements int not null)`.execute(database.tables());
  const pending = await migrator.getPending();
  const applied: string[] = [];
  for (const { name, path } of pending) {
    if (name > work.last) break;
    const statements = await statementsOf(path ?? '', work.orm);
    for (let i = await progressOf(database, name); i < statements.length; i++) {
      await doStatement(database, statements[i] ?? '', { name, done: i + 1 });
      work.onStatement?.(i + 1, statements.length);
    }
    await migrator.getStorage().logMigration({ name });
    applied.push(name);
  }
  return applied;
}

/** Whether a migration by statements was interrupted. */
export async function isInterrupted(database: Database): Promise<boolean> {
  const tables = await database.tables().introspection.getTables();
  return tables.some((table) => table.name === PROGRESS_TABLE);
}

/** Nothing is left to go on with. */
export async function dropProgress(database: Database): Promise<void> {
  await sql`drop table if exists ${sql.table(PROGRESS_TABLE)}`.execute(database.tables());
}

async function statementsOf(path: string, orm: StatementWork['orm']): Promise<string[]> {
  const module = (await import(pathToFileURL(path).href)) as Record<string, MigrationClass>;
  const [Found] = Object.values(module);
  if (!Found) throw new RangeError(`${path} holds no migration`);
  const migration = new Found(orm.em.getDriver(), orm.config);
  await migration.up();
  return migration.getQueries().map(String);
}

async function progressOf(database: Database, migration: string): Promise<number> {
  const { rows } = await sql<{ statements: number }>`
    select statements from ${sql.table(PROGRESS_TABLE)} where migration = ${migration}
  `.execute(database.tables());
  return rows[0]?.statements ?? 0;
}

async function doStatement(
  database: Database,
  statement: string,
  progress: { name: string; done: number },
): Promise<void> {
  await database.transaction(async (transaction) => {
    const connection = transaction.tables<unknown>();
    try {
      await sql.raw(statement).execute(connection);
    } catch (error) {
      if (!saysDoneAlready(error)) throw error;
    }
    await sql`replace into ${sql.table(PROGRESS_TABLE)} values (${progress.name}, ${progress.done})`.execute(
      connection,
    );
  });
}

/**
 * The server's numbers for: the table exists, there is no such table to drop, the column exists, the
 * index exists, nothing to drop, the foreign key exists (twice).
 */
const DONE_ALREADY = [1050, 1051, 1060, 1061, 1091, 1022, 1826];

function saysDoneAlready(error: unknown): boolean {
  const { errno, message } = error as { errno?: number; message?: string };
  const sameForeignKey = errno === 1005 && /errno: 121/.test(message ?? '');
  return sameForeignKey || DONE_ALREADY.includes(errno ?? 0);
}
