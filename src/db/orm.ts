import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EntitySchema, MikroORM } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { makeFolder, PyrosError, sentenceOf } from '#platform';
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
import { sqliteFileDialect } from './sqlite-dialect.ts';

const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url));

/** What a migration did. */
export interface Migrated {
  /** Names of the migrations that were applied; empty when there was nothing to do. */
  readonly applied: readonly string[];
}

export type Orm = Awaited<ReturnType<typeof MikroORM.init>>;

/** The schema tool over one database: makes and compares structure, never used by agents at work. */
export async function openOrm(url: string, entities: readonly EntitySchema[]): Promise<Orm> {
  const address = parseDatabaseUrl(url);
  if (address.engine === 'sqlite' && address.file !== ':memory:') {
    makeFolder(dirname(address.file));
  }
  return await MikroORM.init({
    ...(await driverOf(address)),
    entities: [...entities],
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: {
      path: join(MIGRATIONS, address.engine),
      tableName: 'version',
      snapshot: false,
      silent: true,
      emit: 'ts',
      fileName: (timestamp: string, name?: string) => `${timestamp}-${name ?? 'change'}`,
      // SQLite cannot switch foreign keys inside a transaction; our migrations never need it off.
      disableForeignKeys: false,
    },
  } as Parameters<typeof MikroORM.init>[0]);
}

async function driverOf(address: DatabaseAddress): Promise<object> {
  if (address.engine === 'sqlite') {
    const { SqliteDriver } = await import('@mikro-orm/sql');
    return {
      driver: SqliteDriver,
      dbName: address.file,
      driverOptions: sqliteFileDialect(address.file, 10_000),
    };
  }
  if (address.engine === 'postgres') {
    const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
    return { driver: PostgreSqlDriver, clientUrl: address.url };
  }
  const { MariaDbDriver } = await import('@mikro-orm/mariadb');
  return { driver: MariaDbDriver, clientUrl: address.url };
}

/**
 * Brings a database to the structure that this code knows.
 *
 * @throws PyrosError `DATABASE_NEWER` when it was made by a newer PyROS, `DATABASE_UNREADABLE` when it
 * is not a database or cannot be reached.
 */
export async function migrate(url: string, entities: readonly EntitySchema[]): Promise<Migrated> {
  const folder = join(MIGRATIONS, parseDatabaseUrl(url).engine);
  try {
    const orm = await openOrm(url, entities);
    try {
      const migrator = orm.config.getExtension<Migrator>('@mikro-orm/migrator') as Migrator;
      refuseNewer(
        folder,
        (await migrator.getExecuted()).map((row) => row.name),
      );
      const applied = await migrator.up();
      return { applied: applied.map((migration) => migration.name) };
    } finally {
      await orm.close(true);
    }
  } catch (error) {
    if (error instanceof PyrosError) throw error;
    throw new PyrosError(
      'DATABASE_UNREADABLE',
      `The database cannot be brought up to date: ${sentenceOf(error)}.`,
      {
        cause: error,
        remedy: 'Move it away to start with a new one, or restore a backup in its place.',
      },
    );
  }
}

function refuseNewer(folder: string, executed: readonly string[]): void {
  const known = new Set(readdirSync(folder).map((file) => file.replace(/\.ts$/, '')));
  const strangers = executed.filter((name) => !known.has(name));
  if (strangers.length === 0) return;
  throw new PyrosError(
    'DATABASE_NEWER',
    `The database was made by a newer PyROS (it knows ${strangers.join(', ')}).`,
    { remedy: 'Update the code, or point PYROS_DATABASE_URL at another database.' },
  );
}
