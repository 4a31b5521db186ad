import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs';
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
  const lock = lockFile(place, `${address.file}.lock`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Whoever releases the lock removes its file, so that a lock on a file that is gone is none. */
function lockFile(place: Place, path: string): { release(): void } {
  const file = openSync(path, 'a');
  const lock = new DatabaseSync(path, { timeout: 0 });
  const close = () => {
    lock.close();
    // Not before: closing any handle of a file drops all locks that a process has on it.
    closeSync(file);
  };
  try {
    lock.exec('begin exclusive');
    if (statSync(path).ino !== fstatSync(file).ino) throw new Error('its file was replaced');
  } catch (error) {
    close();
    throw taken(place, error);
  }
  const release = () => {
    rmSync(path, { force: true });
    close();
  };
  return { release };
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
