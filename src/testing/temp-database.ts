import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '#db';
import { migrate } from '../db/orm.ts';
import { entities } from '../main/entities.ts';

/** A folder of its own for the test that runs, removed at its end. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-test-'));
  onTestFinished(({ task }) => leave(folder, task.name));
  return folder;
}

/** `./pyros test -k` keeps what a test worked on. */
function leave(folder: string, test: string): void {
  if (process.env.PYROS_TEST_KEEP === '1') process.stderr.write(`"${test}" leaves ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
}

/** Migrated once, then copied: a copy takes a hundredth of the time. */
let model: Promise<string> | null = null;

/** A new SQLite file with every table, for the test that runs; gives its path. */
export async function tempSqliteFile(): Promise<string> {
  model ??= migratedModel();
  const file = join(tempFolder(), 'pyros.sqlite');
  copyFileSync(await model, file);
  return file;
}

/** A new database with every table, closed at the end of the test that runs. */
export async function tempDatabase(options: DatabaseOptions = { alone: true }): Promise<Database> {
  const database = await openDatabase(`sqlite:${await tempSqliteFile()}`, options);
  onTestFinished(() => database.close());
  return database;
}

async function migratedModel(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-model-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'model.sqlite');
  await migrate(`sqlite:${file}`, entities);
  return file;
}
