import type { Migrator } from '@mikro-orm/migrations';
import { type DatabaseAddress, openDatabase } from '#db';
import { PyrosError, sentenceOf } from '#platform';
import { shownAddress } from './database-place.ts';
import { dropProgress, migrateByStatement } from './migrate-by-statement.ts';
import { appliedMigrations, migrationsOf, plainName } from './schema-version.ts';

/**
 * Applies migrations, up to one of them (its name without the date) or all, and gives their names.
 * Interrupted at any point, it goes on when it is called again: SQLite and PostgreSQL undo what was not
 * finished, MariaDB cannot and is led statement by statement.
 *
 * @throws PyrosError `DATABASE_NEWER` when a newer PyROS made the database, `UPDATE_FAILED` when the
 * database does not take a migration.
 */
export async function bringUpToDate(
  url: string,
  address: DatabaseAddress,
  upTo?: string,
): Promise<readonly string[]> {
  const known = migrationsOf(address.engine);
  const last = upTo === undefined ? known.at(-1) : known.find((name) => plainName(name) === upTo);
  const { openOrm } = await import('../../db/orm.ts');
  const { entities } = await import('../entities.ts');
  const orm = await openOrm(url, entities);
  try {
    const migrator = orm.config.getExtension<Migrator>('@mikro-orm/migrator') as Migrator;
    const database = await openDatabase(url, { alone: true });
    try {
      refuseStrangers(await appliedMigrations(database), known);
      if (address.engine === 'mariadb') {
        const applied = await migrateByStatement({ database, migrator, orm, last: last ?? '' });
        await dropProgress(database);
        return applied;
      }
    } finally {
      await database.close();
    }
    const applied = await migrator.up(last === undefined ? {} : { to: last });
    return applied.map((migration) => migration.name);
  } catch (error) {
    if (error instanceof PyrosError) throw error;
    throw new PyrosError(
      'UPDATE_FAILED',
      `The database ${shownAddress(address)} could not be brought up to date: ${sentenceOf(error)}.`,
      { cause: error, remedy: 'Mend what it says and run ./pyros updatedb again: it goes on.' },
    );
  } finally {
    await orm.close(true);
  }
}

/** @throws PyrosError `DATABASE_NEWER` when some applied migration is not known to this code. */
export function refuseStrangers(applied: readonly string[], known: readonly string[]): void {
  const strangers = applied.filter((name) => !known.includes(name));
  if (strangers.length === 0) return;
  throw new PyrosError(
    'DATABASE_NEWER',
    `The database was made by a newer PyROS (it knows ${strangers.join(', ')}).`,
    { remedy: 'Update the code, or point PYROS_DATABASE_URL at another database.' },
  );
}
