import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase, parseDatabaseUrl } from '#db';
import { type Clock, PyrosError, RealClock } from '#platform';
import { isThere } from '../database/database-place.ts';
import { clockOf, databaseUrlOfUser, type RunSettings, readRunSettings } from '../run-settings.ts';
import { liveRuns } from './run-record.ts';

/** The unit that a command of another terminal is about. */
export interface RunInUse {
  readonly settings: RunSettings | null;
  readonly databaseUrl: string;
  /** The time of that unit: a demonstration has its own. */
  readonly clock: Clock;
}

/**
 * The unit that runs from a data folder: the one whose agents started last. Where none runs it is the
 * database alone; `PYROS_DATABASE_URL` overrules the run's.
 */
export function runInUse(dataFolder: string): RunInUse {
  const run = liveRuns(dataFolder).findLast(({ names }) => names.length > 0);
  const settings = run && existsSync(run.settingsFile) ? readRunSettings(run.settingsFile) : null;
  const databaseUrl =
    settings && process.env.PYROS_DATABASE_URL === undefined
      ? settings.databaseUrl
      : databaseUrlOfUser();
  const isItsOwn = settings?.databaseUrl === databaseUrl;
  return {
    settings,
    databaseUrl,
    clock: settings && isItsOwn ? clockOf(settings) : new RealClock(),
  };
}

/**
 * What the unit on a database was started with: the run that lives on it and whose agents started last,
 * else the last demonstration; null when neither was on this database.
 */
export function settingsOfDatabase(dataFolder: string, databaseUrl: string): RunSettings | null {
  const files = liveRuns(dataFolder)
    .filter(({ names }) => names.length > 0)
    .map((run) => run.settingsFile)
    .reverse();
  for (const file of [...files, join(dataFolder, 'run.json')]) {
    const settings = settingsIn(file);
    if (settings?.databaseUrl === databaseUrl) return settings;
  }
  return null;
}

function settingsIn(file: string): RunSettings | null {
  try {
    return readRunSettings(file);
  } catch {
    // Gone with its run since it was looked for.
    return null;
  }
}

/** Settings of the unit that runs, or of the last demonstration. Throws `NO_RUN`. */
export function settingsInUse(dataFolder: string): RunSettings {
  const { settings } = runInUse(dataFolder);
  if (settings) return settings;
  const demo = join(dataFolder, 'run.json');
  if (existsSync(demo)) return readRunSettings(demo);
  throw noRun();
}

/** Opens the database of the unit in use. Throws `NO_RUN` when it has none yet. */
export async function openInUse({ databaseUrl }: RunInUse): Promise<Database> {
  if (!isThere(parseDatabaseUrl(databaseUrl))) throw noRun();
  return await openDatabase(databaseUrl);
}

function noRun(): PyrosError {
  return new PyrosError('NO_RUN', 'No unit runs here.', {
    remedy: 'Start one with ./pyros start all, or a simulated night with ./pyros demo.',
  });
}
