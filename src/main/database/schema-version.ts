import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, DatabaseAddress } from '#db';
import { CHECKOUT } from '../run-settings.ts';

type Engine = DatabaseAddress['engine'];

/** The table in which the schema tool notes what it applied. */
export const VERSION_TABLE = 'version';

/** Full names of the migrations that this code has for an engine, in order: `20261122133926-initial`. */
export function migrationsOf(engine: Engine): string[] {
  return readdirSync(join(CHECKOUT, 'src', 'db', 'migrations', engine))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

/** What is left of a migration's name when its date, which differs by engine, is taken away. */
export function plainName(migration: string): string {
  return migration.replace(/^\d+-/, '');
}

/** Full names of the migrations that were applied to a database, in order; none when it is new. */
export async function appliedMigrations(database: Database): Promise<string[]> {
  const tables = await database.tables().introspection.getTables();
  if (!tables.some((table) => table.name === VERSION_TABLE)) return [];
  const rows = await database
    .tables<{ version: { id: number; name: string } }>()
    .selectFrom('version')
    .select('name')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.name.replace(/\.[jt]s$/, ''));
}
