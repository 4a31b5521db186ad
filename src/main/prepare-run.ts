import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase, parseDatabaseUrl } from '#db';
import { makeFolder } from '#platform';
import type { Unit } from '#unit';
import { bringUpToDate } from './database/bring-up-to-date.ts';
import { loadInitialFixture, submitRequestFiles } from './initial-data.ts';
import { CHECKOUT } from './run-settings.ts';

/** How many earlier runs of a simulated night are kept. */
const KEPT_RUNS = 3;
/** What one run leaves in the data folder. */
const LEFTOVERS = [
  'pyros.sqlite',
  'pyros.sqlite-wal',
  'pyros.sqlite-shm',
  'nights',
  'state',
  'run.json',
  'logs',
];

/** Brings a database to the structure of the code, also one that was left half-way. */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  return await bringUpToDate(url, parseDatabaseUrl(url));
}

/**
 * Sets aside what the last simulated run left, images and all, so that the night can be played again
 * from its beginning; the oldest of more than {@link KEPT_RUNS} such runs are dropped.
 */
export function setAsidePreviousRun(dataFolder: string): void {
  const left = LEFTOVERS.filter((name) => existsSync(join(dataFolder, name)));
  if (!left.includes('pyros.sqlite')) return;
  const folder = join(dataFolder, 'previous');
  makeFolder(folder);
  const numbers = readdirSync(folder)
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
  const aside = join(folder, String((numbers.at(-1) ?? 0) + 1));
  mkdirSync(aside);
  for (const name of left) renameSync(join(dataFolder, name), join(aside, name));
  for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - KEPT_RUNS))) {
    rmSync(join(folder, String(old)), { recursive: true, force: true });
  }
}

/** A database with everything a night begins with: structure, fixture, and the users' requests. */
export async function prepareDatabase(
  url: string,
  start: {
    unit: Unit;
    startMs: number;
    targetsAtMs: number;
    alone?: boolean;
    /** Where its strategies and requests are; `config` when not given. */
    folder?: string;
  },
): Promise<Database> {
  await migrateDatabase(url);
  const database = await openDatabase(url, start.alone ? { alone: true } : {});
  const { unit, startMs: nowMs, targetsAtMs, folder = join(CHECKOUT, 'config') } = start;
  await loadInitialFixture(database, unit, folder);
  await submitRequestFiles(database, join(folder, 'requests'), { unit, nowMs, targetsAtMs });
  return database;
}
