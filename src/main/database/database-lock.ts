import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { openDatabase } from '#db';
import { makeFolder, PyrosError } from '#platform';
import { type Place, shownAddress } from './database-place.ts';

/** Any number, the same in every process: names the lock among those of the server. */
const LOCK = 20_190_330;

/**
 * Does `work` while nobody else changes the structure of the same database. The engine holds the lock,
 * so that it goes with the process, however that ends.
 *
 * @throws PyrosError `UPDATE_RUNNING` when somebody else does.
 */
export async function withDatabaseLock<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const { address } = place;
  if (address.engine !== 'sqlite') return await withServerLock(place, work);
  if (address.file === ':memory:') return await work();
  makeFolder(dirname(address.file));
  const lockFile = `${address.file}.lock`;
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    try {
      lock.exec('begin exclusive');
    } catch (error) {
      throw taken(place, error);
    }
    return await work();
  } finally {
    lock.close();
  }
}

async function withServerLock<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const database = await openDatabase(place.url, { alone: true });
  try {
    return await database
      .tables()
      .connection()
      .execute(async (connection) => {
        const ask =
          database.engine === 'postgres'
            ? sql<{ got: unknown }>`select pg_try_advisory_lock(${LOCK}) as got`
            : sql<{ got: unknown }>`select get_lock(concat(database(), '.update'), 0) as got`;
        const { rows } = await ask.execute(connection);
        if (!rows[0]?.got) throw taken(place);
        try {
          return await work();
        } finally {
          await (database.engine === 'postgres'
            ? sql`select pg_advisory_unlock(${LOCK})`
            : sql`select release_lock(concat(database(), '.update'))`
          ).execute(connection);
        }
      });
  } finally {
    await database.close();
  }
}

function taken(place: Place, cause?: unknown): PyrosError {
  return new PyrosError(
    'UPDATE_RUNNING',
    `Somebody else is changing the structure of ${shownAddress(place.address)}.`,
    { cause, remedy: 'Wait until that has ended, then try again.' },
  );
}
