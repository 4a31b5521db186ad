import { join } from 'node:path';
import { type Database, insertRow, openDatabase } from '#db';
import { tempFolder } from '#testing';
import { runBackup } from '../src/main/database/run-backup.ts';
import { type AnyTables, tablesInOrder } from '../src/main/database/tables.ts';
import { prepareDatabase } from '../src/main/prepare-run.ts';
import { loadUnit } from '../src/main/run-settings.ts';

const NIGHT_MS = Date.UTC(2014, 3, 23, 18);

/** A place of its own for the test that runs, and what was said there. */
export function place(databaseUrl?: string) {
  const dataFolder = tempFolder();
  const lines: string[] = [];
  const url = databaseUrl ?? `sqlite:${join(dataFolder, 'pyros.sqlite')}`;
  return { databaseUrl: url, dataFolder, lines, say: (line: string) => void lines.push(line) };
}

export type Place = ReturnType<typeof place>;

/** A database like that of a night, with texts that are easily spoilt on the way. */
export async function fill(url: string): Promise<void> {
  const database = await prepareDatabase(url, {
    unit: loadUnit('simulated'),
    startMs: NIGHT_MS,
    targetsAtMs: NIGHT_MS,
    alone: true,
  });
  const messages = [
    'été – 観測 🔭',
    '',
    ' spaces ',
    'it\'s "quoted" \\n;',
    'two\nlines',
    'x'.repeat(70_000),
  ];
  await database.transaction(async (transaction) => {
    for (const message of messages) await insertRow(transaction, 'log', logRow(message));
  });
  await database.close();
}

export const logRow = (message: string) => ({
  at: '2014-04-23T20:00:00.000Z',
  agent: 'Test',
  level: 'info',
  message,
});

/** Every row of every table, by table. */
export async function contents(url: string): Promise<Record<string, unknown[]>> {
  return await using(url, async (database) => {
    const all: Record<string, unknown[]> = {};
    for (const { name, key } of await tablesInOrder(database.tables(), database.engine)) {
      const rows = await database.tables<AnyTables>().selectFrom(name).selectAll().execute();
      const byKey = new Map(
        rows.map((row) => [key.map((column) => String(row[column])).join(), row]),
      );
      all[name] = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    }
    return all;
  });
}

export async function using<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url, { alone: true });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export async function backupOf(from: Place): Promise<string> {
  const file = join(from.dataFolder, 'a.pyros.gz');
  await runBackup({ ...from, file });
  return file;
}

export async function filled(): Promise<Place> {
  const at = place();
  await fill(at.databaseUrl);
  return at;
}
