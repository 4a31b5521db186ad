import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Migrator } from '@mikro-orm/migrations';
import { type Database, insertRow, openDatabase, type Transaction } from '#db';
import { openOrm } from '../src/db/orm.ts';
import { entities } from '../src/main/entities.ts';

/** Rows of any table, by the names in the database. */
export type AnyTables = Record<string, Record<string, unknown>>;

async function withMigrator<T>(url: string, work: (migrator: Migrator) => Promise<T>): Promise<T> {
  const orm = await openOrm(url, entities);
  try {
    return await work(orm.config.getExtension<Migrator>('@mikro-orm/migrator') as Migrator);
  } finally {
    await orm.close(true);
  }
}

/** A database as the first migration made it, with a row in each table that changed later. */
export async function makeOldDatabase(url: string): Promise<void> {
  await withMigrator(url, async (migrator) => {
    const [first] = await migrator.getPending();
    if (!first) throw new Error('this database is not empty');
    await migrator.up({ to: first.name });
  });
  await withDatabase(url, (database) => database.transaction(fill));
}

/** The statements of MariaDB's first (0) or a later migration, in order. */
export async function mariaDbStatements(url: string, nth: number): Promise<string[]> {
  const folder = join(import.meta.dirname, '..', 'src', 'db', 'migrations', 'mariadb');
  const file = readdirSync(folder).sort()[nth] ?? 'none';
  const loaded: Record<string, MigrationClass> = await import(join(folder, file));
  const [Made] = Object.values(loaded);
  if (!Made) throw new Error(`${file} has no migration`);
  const orm = await openOrm(url, entities);
  const migration = new Made(orm.driver, orm.config);
  await migration.up();
  await orm.close(true);
  return migration.getQueries().map(String);
}

type MigrationClass = new (
  ...parts: unknown[]
) => { up(): Promise<void> | void; getQueries(): unknown[] };

/** Opens a database for the length of `work`. */
export async function withDatabase<T>(
  url: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(url, { alone: true });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const AT = '2014-04-23T20:00:00.000Z';

async function fill(work: Transaction): Promise<void> {
  const country = { name: 'France', description: '', quota: 4000 };
  const level = { level: 2, name: 'Observer', description: '' };
  await insertRow(work, 'pyros_user', {
    username: 'ada',
    email: 'ada@example.org',
    is_active: 1,
    country_id: await insertRow(work, 'country', country),
    user_level_id: await insertRow(work, 'user_level', level),
  });
  const program = { name: 'GRB', description: 'Bursts', quota: 100, priority: 1 };
  await insertRow(work, 'scientific_program', program);
  await fillRequest(work, { name: 'first', username: 'ada', program: 'GRB' });
  await fillRequest(work, { name: 'second', username: 'UserSimulator', program: 'Forgotten' });
  await fillRequest(work, { name: 'third', username: 'UserSimulator', program: 'GRB' });
  await insertRow(work, 'command', COMMAND);
  await work.tables<AnyTables>().insertInto('agents_survey').values(SURVEY).execute();
}

async function fillRequest(
  work: Transaction,
  names: { name: string; username: string; program: string },
): Promise<void> {
  const request = { ...names, target_type: 'test', is_alert: 0, submitted: AT };
  const requestId = await insertRow(work, 'request', request);
  const sequenceId = await insertRow(work, 'sequence', { ...SEQUENCE, request_id: requestId });
  const album = { sequence_id: sequenceId, name: 'a', detector: 'VIS' };
  const albumId = await insertRow(work, 'album', album);
  const plan = { album_id: albumId, name: 'p', filter: 'r', duration: 10, nb_images: 5 };
  const planId = await insertRow(work, 'plan', plan);
  const schedule = { created: AT, plan_start: 1, plan_end: 2, night: '2014-04-23', reason: '' };
  const scheduleId = await insertRow(work, 'schedule', schedule);
  const owner = { schedule_id: scheduleId, sequence_id: sequenceId };
  await insertRow(work, 'schedule_has_sequences', { ...SLOT, ...owner });
  const exposure = { exposure_id: `e-${sequenceId}`, sequence_id: sequenceId, plan_id: planId };
  await insertRow(work, 'image', { ...IMAGE, ...exposure });
}

const SEQUENCE = {
  name: 's',
  status: 'PLANNED',
  reason: '',
  target: 'M 13',
  ra_deg: 250.4,
  dec_deg: 36.5,
  jd1: 2_456_771,
  jd2: 2_456_772,
  priority: 50,
  start_mode: 'IMMEDIATE',
  t_prefered: -1,
  duration: 60,
};

const SLOT = {
  status: 'PLANNED',
  tsp: 1.25,
  tep: 1.5,
  delta_tl: 0,
  delta_tr: 0,
  alt_deg: 60,
  overhead_seconds: 30,
  reason: '',
};

const IMAGE = {
  state: 'TAKEN',
  reason: '',
  number: 1,
  channel: 'VIS',
  filter: 'r',
  seconds: 10,
  start_at: AT,
  night: '2014-04-23',
  path: 'a.fits',
  sha256: '',
  bytes: 1,
};

const COMMAND = {
  sender: 'Majordome',
  recipient: 'Observer',
  name: 'park',
  payload: 'null',
  deposit_time: AT,
  validity_seconds: 60,
  state: 'EXECUTED',
  progress: '',
  result: 'null',
  error_code: '',
};

const SURVEY = {
  name: 'Observer',
  created: AT,
  updated: AT,
  validity_duration_sec: 60,
  mode: 'ACTIVE',
  status: 'IN_MAIN_LOOP',
  pid: 7,
};
