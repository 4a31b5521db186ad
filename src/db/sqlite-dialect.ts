import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';

/** How many prepared statements a connection keeps: PyROS has about a hundred different ones. */
const KEPT_STATEMENTS = 500;

/**
 * SQLite through Node's own driver. Transactions begin IMMEDIATE: with the default (deferred) begin, a
 * read-then-write transaction fails at once with "database is locked" when another process wrote in
 * between, whatever the busy time-out.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #open: () => SqliteHandle;

  constructor(file: string, busyMs: number) {
    const open = () => openSqlite(file, busyMs);
    super({ database: async () => open() });
    this.#open = open;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: async () => this.#open() });
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

interface SqliteHandle {
  close(): void;
  prepare(sql: string): SqliteStatement;
}

/** Opens a database file (or `:memory:`) the way every connection of PyROS does. */
function openSqlite(file: string, busyMs: number): SqliteHandle {
  const database = new DatabaseSync(file, { timeout: busyMs });
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;',
  );
  // A checkpoint waits for the disk: whoever may not wait for others leaves it to them.
  if (busyMs === 0) database.exec('pragma wal_autocheckpoint = 0');
  const kept = new Map<string, SqliteStatement>();
  return {
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

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
