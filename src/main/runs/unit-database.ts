import { dirname } from 'node:path';
import { registerAgents } from '#agent';
import { type Database, parseDatabaseUrl } from '#db';
import { codeOf, makeFolder, PyrosError, RealClock } from '#platform';
import type { Unit } from '#unit';
import { bringUpToDate, refuseStrangers } from '../database/bring-up-to-date.ts';
import { withDatabaseLock } from '../database/database-lock.ts';
import { placeOf } from '../database/database-place.ts';
import { schemaStateOf } from '../database/schema-state.ts';
import { appliedMigrations, migrationsOf } from '../database/schema-version.ts';
import { loadInitialFixture } from '../initial-data.ts';
import { openPatiently } from './open-patiently.ts';

/** Tables are made within this, real seconds. */
const PATIENCE_SECONDS = 60;

const realClock = new RealClock();

/** What is needed to open the database of a unit. */
export interface UnitDatabase {
  readonly url: string;
  readonly dataFolder: string;
  readonly unit: Unit;
  /** Told what is waited for. */
  readonly tell: (sentence: string) => void;
}

/**
 * The database of a unit that starts. An empty one gets its structure and the initial data; one of
 * another version is left to `updatedb`, which makes a backup first.
 *
 * @throws PyrosError `DATABASE_OLDER`, `DATABASE_NEWER`, or what opening it throws.
 */
export async function openUnitDatabase(wish: UnitDatabase): Promise<Database> {
  const address = parseDatabaseUrl(wish.url);
  if (address.engine === 'sqlite') makeFolder(dirname(address.file));
  const database = await openPatiently(wish.url, {}, wish.tell);
  try {
    await makeReady(database, wish);
    await requireCurrent(database);
    const names = wish.unit.agents.map((agent) => agent.alias);
    const nowMs = realClock.now();
    await database.transaction((transaction) => registerAgents(transaction, names, nowMs));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Structure and first content, where they lack; another computer may be at it just now. */
async function makeReady(database: Database, wish: UnitDatabase): Promise<void> {
  const { url, dataFolder, unit } = wish;
  const place = placeOf({ databaseUrl: url, dataFolder, say: () => undefined });
  const deadlineMs = realClock.monotonic() + PATIENCE_SECONDS * 1000;
  while (await lacksSomething(database)) {
    try {
      await withDatabaseLock(place, async () => {
        if ((await schemaStateOf(database)) === 'empty') await bringUpToDate(url, place.address);
        if (await lacksSomething(database)) await loadInitialFixture(database, unit);
      });
    } catch (error) {
      if (codeOf(error) !== 'UPDATE_RUNNING' || realClock.monotonic() > deadlineMs) throw error;
      await realClock.sleep(1);
    }
  }
}

async function lacksSomething(database: Database): Promise<boolean> {
  const state = await schemaStateOf(database);
  if (state !== 'current') return state === 'empty';
  const row = await database
    .tables<{ country: { id: number } }>()
    .selectFrom('country')
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined;
}

async function requireCurrent(database: Database): Promise<void> {
  if ((await schemaStateOf(database)) === 'current') return;
  refuseStrangers(await appliedMigrations(database), migrationsOf(database.engine));
  throw new PyrosError('DATABASE_OLDER', 'The database is of an older version of PyROS.', {
    remedy: 'Run ./pyros updatedb: it makes a backup first.',
  });
}
