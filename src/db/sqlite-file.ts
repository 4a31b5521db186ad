import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { realPause, realStopwatch } from '#platform';
import { asTrouble, busy, moved } from './database-trouble.ts';

/** How many prepared statements a connection keeps: PyROS has about a hundred different ones. */
const KEPT_STATEMENTS = 500;
/** Whoever opens a file has nothing better to do than wait for those who open or close it just now. */
const OPENING_MS = 10_000;
/** Most waits end within the first pauses; the last one is repeated. Real milliseconds. */
const PAUSES = [0, 1, 1, 2, 3, 5, 8, 10];

export interface SqliteFileOptions {
  readonly file: string;
  /** How long a statement waits for another process, real milliseconds; 0: one try. */
  readonly busyMs: number;
}

/** One connection to a database file (or to `:memory:`). */
export interface SqliteFile extends SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  /** A number that differs after any commit of another connection, and after none of this one. */
  dataVersion(): number;
  /**
   * @throws PyrosError `DATABASE_GONE` when another file, or none, stands at its address: what is
   * written to the one that is open would be lost with it.
   */
  checkPlace(): void;
}

/** Opens a database file (or `:memory:`) the way every connection of PyROS does. */
export async function openSqliteFile({ file, busyMs }: SqliteFileOptions): Promise<SqliteFile> {
  return await patiently(Math.max(busyMs, OPENING_MS), () => {
    // Without the driver's own time-out: it would wait with the whole process.
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      database.exec(
        'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;',
      );
      // A checkpoint waits for the disk: whoever may not wait for others leaves it to them.
      if (busyMs === 0) database.exec('pragma wal_autocheckpoint = 0');
      return wrap(database, file);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Does something that another process's lock may forbid, again and again with short pauses in which
 * this process goes on with its other work.
 *
 * @throws PyrosError `DATABASE_BUSY` when it is still locked after `busyMs` real milliseconds,
 * `DATABASE_FULL` when the disk has no room.
 */
export async function patiently<T>(busyMs: number, attempt: () => T | Promise<T>): Promise<T> {
  const waitedMs = realStopwatch();
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLocked(error)) throw asTrouble(error);
      if (waitedMs() >= busyMs) {
        const seconds = Math.round(busyMs / 1000);
        throw busy(`The database has been locked by another process for ${seconds} s`, error);
      }
      await realPause(PAUSES[tries] ?? PAUSES.at(-1) ?? 0);
    }
  }
}

/** SQLITE_BUSY or SQLITE_LOCKED, whose low byte their extended codes share. */
function isLocked(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  const primary = Number(error.errcode) & 0xff;
  return primary === 5 || primary === 6;
}

function wrap(database: DatabaseSync, file: string): SqliteFile {
  const place = placeOf(file);
  const kept = new Map<string, SqliteStatement>();
  const version = database.prepare('pragma data_version');
  return {
    dataVersion: () => Number(version.get()?.data_version),
    checkPlace: () => {
      if (place !== placeOf(file)) throw moved(file);
    },
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known) return known;
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      const statement = asKyselyStatement(database.prepare(sql));
      kept.set(sql, statement);
      return statement;
    },
  };
}

/** Which file stands there; the same for whatever is no file. */
function placeOf(file: string): string {
  const stats = file === ':memory:' ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.dev} ${stats.ino}` : '';
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
