import { openDatabase } from '#db';
import { PyrosError } from '#platform';
import { newer } from './backup-format.ts';
import { bringUpToDate } from './bring-up-to-date.ts';
import { withDatabaseLock } from './database-lock.ts';
import { isThere, type Place, type PlaceOptions, placeOf, shownAddress } from './database-place.ts';
import { insertBackup } from './insert-backup.ts';
import { isInterrupted } from './migrate-by-statement.ts';
import { type CheckedBackup, checkBackup } from './read-backup.ts';
import { backUp } from './run-backup.ts';
import { appliedMigrations, migrationsOf, plainName } from './schema-version.ts';
import { dropTables, holdsData } from './tables.ts';
import { lookAtUnit, refuseWhileLiving, refuseWhileObserving } from './unit-life.ts';

/** What `./pyros restore` may be told. */
export interface RunRestoreOptions extends PlaceOptions {
  readonly file: string;
  /** Takes the place of what is there, after backing that up. */
  readonly replace?: boolean | undefined;
}

/**
 * Fills an empty database, of any engine, from a backup. The file is proved whole before anything is
 * changed, and its rows come in one transaction. Gives the exit code.
 *
 * @throws PyrosError `BACKUP_ABSENT`, `BACKUP_DAMAGED`, `BACKUP_NEWER`, `DATABASE_USED`, `DOME_OPEN`,
 * `UNIT_RUNNING`, `UPDATE_RUNNING` or `RESTORE_FAILED`.
 */
export async function runRestore(options: RunRestoreOptions): Promise<number> {
  const place = placeOf(options);
  place.say(`Checking ${options.file}`);
  const backup = await checkBackup(options.file);
  refuseNewer(options.file, backup, place);
  await withDatabaseLock(place, async () => {
    await makeRoom(place, { replace: options.replace ?? false, how: '--replace' });
    await bringUpToDate(place.url, place.address, backup.header.schema.at(-1));
    await insert(place, options.file, backup);
    await bringUpToDate(place.url, place.address);
  });
  const rows = Object.values(backup.footer.rows).reduce((sum, count) => sum + count, 0);
  place.say(`Restored ${rows} rows of ${backup.header.time} into ${shownAddress(place.address)}.`);
  return 0;
}

async function insert(place: Place, file: string, backup: CheckedBackup): Promise<void> {
  const database = await openDatabase(place.url, { alone: true });
  try {
    place.say(`Restoring into ${shownAddress(place.address)}`);
    await insertBackup(database, file, backup);
  } finally {
    await database.close();
  }
}

function refuseNewer(file: string, { header }: CheckedBackup, place: Place): void {
  const known = migrationsOf(place.address.engine).map(plainName);
  const stranger = header.schema.find((name, i) => known[i] !== name);
  if (stranger !== undefined) throw newer(file, `the change of structure "${stranger}"`);
}

/**
 * Leaves a database without any table. What it held is backed up first.
 *
 * @throws PyrosError `DATABASE_USED` when it holds something and was not to be replaced, `DOME_OPEN` or
 * `UNIT_RUNNING` when agents live on it.
 */
export async function makeRoom(
  place: Place,
  { replace, how }: { replace: boolean; how: string },
): Promise<void> {
  if (!isThere(place.address)) return;
  const life = await lookAtUnit(place);
  refuseWhileObserving(life);
  refuseWhileLiving(life);
  const database = await openDatabase(place.url, { alone: true });
  try {
    const tables = await database.tables().introspection.getTables();
    const isOurs =
      (await appliedMigrations(database)).length > 0 || (await isInterrupted(database));
    if (tables.length > 0 && !isOurs) throw foreign(place);
    if (await holdsData(database)) {
      if (!replace) throw used(place, how);
      await backUp(place);
    }
    await dropTables(database);
  } finally {
    await database.close();
  }
}

function used(place: Place, how: string): PyrosError {
  return new PyrosError(
    'DATABASE_USED',
    `The database ${shownAddress(place.address)} holds something already.`,
    { remedy: `Point PYROS_DATABASE_URL at an empty one, or write ${how}: it is backed up first.` },
  );
}

function foreign(place: Place): PyrosError {
  return new PyrosError(
    'DATABASE_USED',
    `The database ${shownAddress(place.address)} holds tables that PyROS did not make.`,
    { remedy: 'Point PYROS_DATABASE_URL at a database of its own.' },
  );
}
