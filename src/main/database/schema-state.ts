import { type Database, openDatabase, parseDatabaseUrl } from '#db';
import { isThere } from './database-place.ts';
import { appliedMigrations, migrationsOf } from './schema-version.ts';

/** How the structure of a database compares with what this code knows. */
export type SchemaState = 'current' | 'older' | 'newer' | 'empty';

/**
 * A cheap look, without the schema tool, at whether agents may work on a database: only `current` will
 * do. A migration that was interrupted shows as `older`, or as `empty` when it was the first.
 *
 * @throws PyrosError `DATABASE_UNREADABLE` when the database cannot be reached.
 */
export async function schemaState(url: string): Promise<SchemaState> {
  if (!isThere(parseDatabaseUrl(url))) return 'empty';
  const database = await openDatabase(url, { alone: true });
  try {
    return await schemaStateOf(database);
  } finally {
    await database.close();
  }
}

/** The same over a connection that is open already. */
export async function schemaStateOf(database: Database): Promise<SchemaState> {
  const applied = await appliedMigrations(database);
  const known = migrationsOf(database.engine);
  if (applied.length === 0) return 'empty';
  if (applied.some((name) => !known.includes(name))) return 'newer';
  return known.every((name) => applied.includes(name)) ? 'current' : 'older';
}
