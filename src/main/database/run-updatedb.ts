import { join } from 'node:path';
import { openDatabase } from '#db';
import { bringUpToDate, refuseStrangers } from './bring-up-to-date.ts';
import { withDatabaseLock } from './database-lock.ts';
import { isThere, type Place, type PlaceOptions, placeOf, shownAddress } from './database-place.ts';
import { isInterrupted } from './migrate-by-statement.ts';
import { backUp } from './run-backup.ts';
import { schemaStateOf } from './schema-state.ts';
import { appliedMigrations, migrationsOf } from './schema-version.ts';
import { holdsData } from './tables.ts';
import { lookAtUnit, refuseWhileLiving, refuseWhileObserving } from './unit-life.ts';

/**
 * Brings a database to the structure of this code, after backing up what it holds. Interrupted, it goes
 * on when it is run again. Gives the exit code.
 *
 * @throws PyrosError `DOME_OPEN`, `UNIT_RUNNING`, `UPDATE_RUNNING`, `DATABASE_NEWER`, `UPDATE_FAILED`,
 * `DATABASE_UNREADABLE`.
 */
export async function runUpdatedb(options: PlaceOptions = {}): Promise<number> {
  const place = placeOf(options);
  const life = await lookAtUnit(place);
  refuseWhileObserving(life);
  return await withDatabaseLock(place, async () => {
    const before = await look(place);
    if (before === 'current') {
      place.say('The database is up to date.');
      return 0;
    }
    refuseWhileLiving(life);
    const backup = await saved(place, before);
    for (const name of await bringUpToDate(place.url, place.address)) place.say(`Applied ${name}.`);
    place.say(`The database ${shownAddress(place.address)} is up to date now.`);
    if (backup) place.say(`As it was before, it is in ${backup}.`);
    return 0;
  });
}

type Before = 'current' | 'new' | 'interrupted' | 'older';

async function look(place: Place): Promise<Before> {
  if (!isThere(place.address)) return 'new';
  const database = await openDatabase(place.url, { alone: true });
  try {
    refuseStrangers(await appliedMigrations(database), migrationsOf(database.engine));
    if (await isInterrupted(database)) return 'interrupted';
    if ((await schemaStateOf(database)) === 'current') return 'current';
    return (await holdsData(database)) ? 'older' : 'new';
  } finally {
    await database.close();
  }
}

/** Half of a change is no state to go back to: the backup of before it stays the one that counts. */
async function saved(place: Place, before: Before): Promise<string> {
  if (before === 'older') return await backUp(place);
  if (before === 'interrupted') {
    const folder = join(place.dataFolder, 'backups');
    place.say(`An update was interrupted and goes on; what was there before it is in ${folder}.`);
  }
  return '';
}
