import { openDatabase } from '#db';
import { loadInitialFixture } from '../initial-data.ts';
import { loadUnit } from '../run-settings.ts';
import { bringUpToDate } from './bring-up-to-date.ts';
import { withDatabaseLock } from './database-lock.ts';
import { type PlaceOptions, placeOf, shownAddress } from './database-place.ts';
import { makeRoom } from './run-restore.ts';

/** What `./pyros initdb` may be told. */
export interface RunInitdbOptions extends PlaceOptions {
  /** Takes the place of what is there, after backing that up. */
  readonly yes?: boolean | undefined;
  /** A name in `config/` or the path of a unit file; `simulated` when not given. */
  readonly configfile?: string | undefined;
}

/**
 * Makes a new database with the initial fixture. Gives the exit code.
 *
 * @throws PyrosError `DATABASE_USED` when there is something in it, `DOME_OPEN`, `UNIT_RUNNING`,
 * `UPDATE_RUNNING`, `UNIT_INVALID`.
 */
export async function runInitdb(options: RunInitdbOptions = {}): Promise<number> {
  const place = placeOf(options);
  const unit = loadUnit(options.configfile ?? 'simulated');
  await withDatabaseLock(place, async () => {
    await makeRoom(place, { replace: options.yes ?? false, how: '--yes' });
    await bringUpToDate(place.url, place.address);
    const database = await openDatabase(place.url, { alone: true });
    try {
      await loadInitialFixture(database, unit);
    } finally {
      await database.close();
    }
  });
  place.say(`The database ${shownAddress(place.address)} is ready, with its first content.`);
  return 0;
}
