import { join } from 'node:path';
import { openDatabase } from '#db';
import { iso, RealClock } from '#platform';
import { type Place, type PlaceOptions, placeOf, refuseAbsent } from './database-place.ts';
import { writeBackup } from './write-backup.ts';

/** What `./pyros backup` may be told. */
export interface RunBackupOptions extends PlaceOptions {
  /** Else `backups/<UTC>.pyros.gz` in the data folder. */
  readonly file?: string | undefined;
}

/**
 * Writes the whole database to one portable file, while agents may go on working. Gives the exit code.
 *
 * @throws PyrosError `DATABASE_ABSENT`, `DATABASE_UNREADABLE` or `BACKUP_EXISTS`.
 */
export async function runBackup(options: RunBackupOptions = {}): Promise<number> {
  await backUp(placeOf(options), options.file);
  return 0;
}

/** Backs up what is at a place and gives the file. */
export async function backUp(place: Place, file?: string): Promise<string> {
  refuseAbsent(place.address);
  const clock = new RealClock();
  const target = file ?? join(place.dataFolder, 'backups', `${fileStamp(clock.now())}.pyros.gz`);
  const database = await openDatabase(place.url, { alone: true });
  try {
    place.say(`Backing up to ${target}`);
    const rows = await writeBackup(database, { file: target, clock, say: place.say });
    place.say(`The backup ${target} holds ${rows} rows.`);
    return target;
  } finally {
    await database.close();
  }
}

/** An instant as every file system takes it: `2026-11-22T15-53-04.123Z`. */
function fileStamp(ms: number): string {
  return iso(ms).replaceAll(':', '-');
}
