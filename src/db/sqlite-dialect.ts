import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { openSqliteFile, patiently, type SqliteFile } from './sqlite-file.ts';

interface Options {
  /** How long a statement waits for another process, real milliseconds. */
  readonly busyMs: number;
  /** Gives the connection when the first query comes. */
  readonly open: () => Promise<SqliteFile>;
}

/**
 * SQLite through Node's own driver. Transactions begin IMMEDIATE: with the default (deferred) begin, a
 * read-then-write transaction fails at once with "database is locked" when another process wrote in
 * between, however long it would wait. Nobody's wait blocks the process.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #options: Options;

  constructor(options: Options) {
    super({ database: options.open });
    this.#options = options;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#options);
  }
}

/** The dialect that opens `file` itself, for tools that take a dialect and no more. */
export function sqliteFileDialect(file: string, busyMs: number): ImmediateSqliteDialect {
  return new ImmediateSqliteDialect({ busyMs, open: () => openSqliteFile({ file, busyMs }) });
}

/**
 * A second connection to the same file, on which whoever only reads does not queue behind a
 * transaction that waits or works. It sees what is committed. Anything but reading goes to `writer`.
 */
export class ReadingSqliteDialect extends SqliteDialect {
  readonly #options: Options & { readonly writer: Kysely<unknown> };

  constructor(options: Options & { readonly writer: Kysely<unknown> }) {
    super({ database: options.open });
    this.#options = options;
  }

  override createDriver(): Driver {
    return new ReadingDriver(this.#options);
  }

  override createAdapter(): DialectAdapter {
    return new UnqueuedAdapter();
  }
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');

class ImmediateDriver extends SqliteDriver {
  readonly #busyMs: number;
  #patient: PatientConnection | null = null;
  readonly #opened: { file: SqliteFile | null };

  constructor({ open, busyMs }: Options) {
    const opened: { file: SqliteFile | null } = { file: null };
    super({ database: async () => (opened.file = await open()) });
    this.#opened = opened;
    this.#busyMs = busyMs;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    // One and the same each time: Kysely remembers every connection that it was ever given.
    this.#patient ??= new PatientConnection(await super.acquireConnection(), this.#busyMs);
    return this.#patient;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#opened.file?.checkPlace();
    await connection.executeQuery(BEGIN);
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(COMMIT);
  }

  /** After some errors, such as a full disk, SQLite has undone it already. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!/no transaction is active/.test(String(error))) throw error;
    }
  }
}

class ReadingDriver extends SqliteDriver {
  #reading: ReadingConnection | null = null;
  readonly #options: Options & { readonly writer: Kysely<unknown> };

  constructor(options: Options & { readonly writer: Kysely<unknown> }) {
    super({ database: options.open });
    this.#options = options;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const { writer, busyMs } = this.#options;
    this.#reading ??= new ReadingConnection(
      new PatientConnection(await super.acquireConnection(), busyMs),
      writer,
    );
    return this.#reading;
  }

  override beginTransaction(): Promise<void> {
    throw new TypeError('a transaction is begun by Database.transaction');
  }
}

/** A statement is done in one go, so those of several readers cannot mix. */
class UnqueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection;
  readonly #busyMs: number;

  constructor(connection: DatabaseConnection, busyMs: number) {
    this.#connection = connection;
    this.#busyMs = busyMs;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return patiently(this.#busyMs, () => this.#connection.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#connection.streamQuery<R>(query, chunkSize);
  }
}

class ReadingConnection implements DatabaseConnection {
  readonly #reader: DatabaseConnection;
  readonly #writer: Kysely<unknown>;

  constructor(reader: DatabaseConnection, writer: Kysely<unknown>) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (isReading(query)) return await this.#reader.executeQuery<R>(query);
    return await this.#writer.executeQuery<R>(query as CompiledQuery<R>);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#reader.streamQuery<R>(query, chunkSize);
  }
}

function isReading({ query, sql }: CompiledQuery): boolean {
  return (
    query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*select\b/i.test(sql))
  );
}
