import { Kysely, MysqlDialect, PostgresDialect, sql } from 'kysely';
import { type ChangeWatch, memoryWatch } from './change-watch.ts';
import type { DatabaseAddress } from './database-url.ts';
import { mariadbWatch } from './mariadb-watch.ts';
import { postgresWatch } from './postgres-watch.ts';
import { ImmediateSqliteDialect, ReadingSqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { sqliteWatch } from './sqlite-watch.ts';
import { tellingDialect } from './telling-dialect.ts';

export interface DatabaseOptions {
  /**
   * How long a SQLite statement waits for another process's, real milliseconds (60 s when not given).
   * The process goes on meanwhile; who must not wait at all asks for 0 and tries again later.
   */
  readonly busyMs?: number;
  /** This connection alone reads and writes: nobody else needs to be looked for. */
  readonly alone?: boolean;
}

/** What an engine gives to a Database. */
export interface Engine {
  /** Transactions. */
  readonly kysely: Kysely<unknown>;
  /** Queries outside transactions; may be the same. */
  readonly reader: Kysely<unknown>;
  readonly watch: ChangeWatch;
}

/** A database locked for half a minute by a backup or a person loses nothing. Real milliseconds. */
const BUSY_MS = 60_000;
/** Transactions and queries at one time in one process. */
const POOL_SIZE = 6;
/** How long to wait for a server to answer, or for one of our own connections. Real milliseconds. */
const CONNECT_MS = 20_000;
/** A computer that vanishes in mid-transaction keeps its locks no longer. Real milliseconds. */
const ABANDONED_MS = 30_000;
/** After this silence the network is asked whether the other end still lives. Real milliseconds. */
const KEEP_ALIVE_MS = 10_000;

/** Connects to a database; rejects with the driver's own error. */
export async function openEngine(
  address: DatabaseAddress,
  options: DatabaseOptions,
): Promise<Engine> {
  if (address.engine === 'sqlite') return await openSqlite(address.file, options);
  const kysely = await (address.engine === 'postgres' ? toPostgres : toMariaDb)(address.url);
  try {
    await sql`select 1 as one`.execute(kysely);
    return { kysely, reader: kysely, watch: await watchOf(address, kysely, options) };
  } catch (error) {
    await kysely.destroy().catch(() => undefined);
    throw error;
  }
}

async function openSqlite(file: string, options: DatabaseOptions): Promise<Engine> {
  const busyMs = options.busyMs ?? BUSY_MS;
  const connection = await openSqliteFile({ file, busyMs });
  const kysely = new Kysely<unknown>({
    dialect: new ImmediateSqliteDialect({ busyMs, open: async () => connection }),
  });
  // Kysely closes only what it has used.
  await sql`select 1 as one`.execute(kysely);
  if (options.alone || file === ':memory:') return { kysely, reader: kysely, watch: memoryWatch() };
  const open = () => openSqliteFile({ file, busyMs });
  const reader = new Kysely<unknown>({
    dialect: new ReadingSqliteDialect({ busyMs, open, writer: kysely }),
  });
  return { kysely, reader, watch: sqliteWatch(file, await open()) };
}

async function toPostgres(url: string): Promise<Kysely<unknown>> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    ...postgresConfig(url),
    max: POOL_SIZE,
    idle_in_transaction_session_timeout: ABANDONED_MS,
  });
  // A connection that is lost while it does nothing is no reason to end the process: the pool
  // replaces it. One that is at work says so to who uses it, and here a second time.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<unknown>({ dialect: tellingDialect(new PostgresDialect({ pool })) });
}

const postgresConfig = (url: string) => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
});

async function toMariaDb(url: string): Promise<Kysely<unknown>> {
  const { createPool } = await import('mysql2');
  const pool = createPool({ ...mariadbConfig(url), connectionLimit: POOL_SIZE });
  // As with PostgreSQL.
  pool.on('connection', (connection) => {
    connection.on('error', () => undefined);
    connection.query(
      `set session idle_transaction_timeout = ${ABANDONED_MS / 1000}`,
      () => undefined,
    );
  });
  return new Kysely<unknown>({ dialect: tellingDialect(new MysqlDialect({ pool })) });
}

const mariadbConfig = (url: string) => ({
  uri: url,
  connectTimeout: CONNECT_MS,
  enableKeepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_MS,
});

async function watchOf(
  { engine, url }: Exclude<DatabaseAddress, { engine: 'sqlite' }>,
  kysely: Kysely<unknown>,
  options: DatabaseOptions,
): Promise<ChangeWatch> {
  if (options.alone) return memoryWatch();
  return await (engine === 'postgres'
    ? postgresWatch(postgresConfig(url))
    : mariadbWatch(mariadbConfig(url), kysely));
}
