import { createHash } from 'node:crypto';
import {
  closeSync,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import type { Database } from '#db';
import { type Clock, iso, makeFolder, PyrosError } from '#platform';
import { versionOfCode } from '../run-settings.ts';
import { FORMAT, type Header } from './backup-format.ts';
import { appliedMigrations, plainName } from './schema-version.ts';
import { type TableShape, tablesInOrder } from './tables.ts';

/** Rows held in memory at once. */
const PAGE_ROWS = 500;
const PROGRESS_ROWS = 100_000;

/** Where a backup goes and how it is told of. */
export interface BackupOrder {
  readonly file: string;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/**
 * Writes the whole database to one portable file: a consistent snapshot, while others go on working.
 * The file has its name only once it is whole and on disk. Gives how many rows it holds.
 *
 * @throws PyrosError `BACKUP_EXISTS` when the file is there already.
 */
export async function writeBackup(database: Database, order: BackupOrder): Promise<number> {
  refuseExisting(order.file);
  makeFolder(dirname(order.file));
  const part = `${order.file}.part`;
  const schema = (await appliedMigrations(database)).map(plainName);
  try {
    const total = await inSnapshot(database, async (connection) => {
      const tables = await tablesInOrder(connection, database.engine);
      const header: Header = {
        pyrosBackup: FORMAT,
        schema,
        engine: database.engine,
        time: iso(order.clock.now()),
        version: versionOfCode(),
        tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
      };
      const count = { rows: 0 };
      const lines = backupLines({ connection, tables, header, say: order.say, count });
      // It holds what only its owner may read: addresses, and passwords if only as hashes.
      const out = createWriteStream(part, { flush: true, mode: 0o600 });
      await pipeline(Readable.from(lines, { objectMode: true }), createGzip(), out);
      return count.rows;
    });
    refuseExisting(order.file);
    renameSync(part, order.file);
    syncFolder(dirname(order.file));
    return total;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new PyrosError('BACKUP_EXISTS', `${file} is there already and is not overwritten.`, {
    remedy: 'Choose another name, or move that file away.',
  });
}

/** So that the new name too survives a loss of power. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Statements that begin to read the database as it is at one instant. */
const BEGIN: Readonly<Record<Database['engine'], readonly string[]>> = {
  sqlite: ['begin'],
  postgres: ['begin isolation level repeatable read read only'],
  mariadb: [
    'set transaction isolation level repeatable read',
    'start transaction with consistent snapshot, read only',
  ],
};

async function inSnapshot<T>(
  database: Database,
  work: (connection: Kysely<unknown>) => Promise<T>,
): Promise<T> {
  return await database
    .tables()
    .connection()
    .execute(async (connection) => {
      for (const statement of BEGIN[database.engine]) await sql.raw(statement).execute(connection);
      try {
        return await work(connection);
      } finally {
        await sql`rollback`.execute(connection);
      }
    });
}

interface Backup {
  readonly connection: Kysely<unknown>;
  readonly tables: readonly TableShape[];
  readonly header: Header;
  readonly say: (line: string) => void;
  readonly count: { rows: number };
}

async function* backupLines(backup: Backup): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  yield hashed(`${JSON.stringify(backup.header)}\n`);
  for (const [number, table] of backup.tables.entries()) {
    rows[table.name] = 0;
    for await (const page of pagesOf(backup.connection, table)) {
      const lines = page.map((row) =>
        JSON.stringify([number, ...table.columns.map((column) => row[column])]),
      );
      yield hashed(`${lines.join('\n')}\n`);
      const before = rows[table.name] ?? 0;
      rows[table.name] = before + page.length;
      backup.count.rows += page.length;
      if (Math.floor((before + page.length) / PROGRESS_ROWS) > Math.floor(before / PROGRESS_ROWS)) {
        backup.say(`  ${table.name}: ${before + page.length} so far`);
      }
    }
    if (rows[table.name]) backup.say(`  ${table.name}: ${rows[table.name]}`);
  }
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') })}\n`;
}

type AnyRow = Record<string, unknown>;

/** The rows of a table in the order of its key, a page at a time. */
async function* pagesOf(connection: Kysely<unknown>, table: TableShape): AsyncGenerator<AnyRow[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  let after = sql``;
  for (;;) {
    const { rows } = await sql<AnyRow>`
      select * from ${sql.table(table.name)} ${after} order by ${key} limit ${sql.lit(PAGE_ROWS)}
    `.execute(connection);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = sql`where (${key}) > (${sql.join(table.key.map((column) => last[column]))})`;
  }
}
