import { CompiledQuery, type Dialect, Kysely, MysqlDialect, PostgresDialect, sql } from 'kysely';
import { PyrosError, sentenceOf } from '#platform';
import { type ChangeWatch, memoryWatch, pollingWatch, postgresWatch } from './change-watch.ts';
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
import { ImmediateSqliteDialect } from './sqlite-dialect.ts';

/** What one transaction offers. */
export interface Transaction {
  readonly engine: DatabaseAddress['engine'];
  /** The tables of a room, typed by it. */
  tables<T>(): Kysely<T>;
  /** Wakes every agent once this transaction is committed. */
  announce(): void;
  /**
   * Waits until no other transaction that called this is under way, so that rows counted by the
   * database become visible in the order of their numbers: a reader with a cursor misses none.
   */
  takeTurn(): Promise<void>;
}

export interface DatabaseOptions {
  /**
   * How long a write waits for another process's write, real milliseconds. SQLite's wait blocks the
   * whole process, so a process that must never stall asks for 0 and tries again later.
   */
  readonly busyMs?: number;
  /** This connection alone reads and writes: nobody else needs to be looked for. */
  readonly alone?: boolean;
}

/** One connection (or pool) to the unit's database, the same whatever the engine behind it. */
export class Database {
  readonly engine: DatabaseAddress['engine'];
  readonly #kysely: Kysely<unknown>;
  readonly #watch: ChangeWatch;

  constructor(engine: DatabaseAddress['engine'], kysely: Kysely<unknown>, watch: ChangeWatch) {
    this.engine = engine;
    this.#kysely = kysely;
    this.#watch = watch;
  }

  /** The tables of a room, typed by it, outside any transaction. */
  tables<T>(): Kysely<T> {
    return this.#kysely as Kysely<T>;
  }

  /** Runs `work` whole or not at all. Never wait for a device or the network inside. */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let announced = false;
    const result = await this.#kysely.transaction().execute(async (kysely) => {
      const transaction: Transaction = {
        engine: this.engine,
        tables: <U>() => kysely as unknown as Kysely<U>,
        announce: () => {
          announced = true;
        },
        takeTurn: () => takeTurn(this.engine, kysely as unknown as Kysely<unknown>),
      };
      const value = await work(transaction);
      if (announced) await this.#watch.beforeCommit(kysely as unknown as Kysely<unknown>);
      return value;
    });
    if (announced) this.#watch.afterCommit();
    return result;
  }

  /** Calls `listener` soon after any process announced a change; returns how to stop. */
  onChange(listener: () => void): () => void {
    return this.#watch.listen(listener);
  }

  async close(): Promise<void> {
    await this.#watch.close();
    await this.#kysely.destroy();
  }
}

/** Any number, the same in every process: names the lock among those of the database. */
const TURN = 20_190_329;

async function takeTurn(engine: DatabaseAddress['engine'], kysely: Kysely<unknown>): Promise<void> {
  // SQLite lets one transaction write at a time anyway.
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${TURN})`.execute(kysely);
  if (engine === 'mariadb') {
    await sql`insert into fact_cursor (agent, last_fact_id) values ('#turn', 1)
      on duplicate key update last_fact_id = 1 - last_fact_id`.execute(kysely);
  }
}

/**
 * Opens the database of an address such as `sqlite:data/pyros.sqlite`, `sqlite::memory:`,
 * `postgres://user@host:5432/pyros` or `mariadb://user@host:3306/pyros`.
 *
 * @throws PyrosError `DATABASE_UNREADABLE` when it cannot be reached or is not a database.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const address = parseDatabaseUrl(url);
  const kysely = new Kysely<unknown>({ dialect: await dialectOf(address, options) });
  try {
    await sql`select 1 as one`.execute(kysely);
    const watch = options.alone ? memoryWatch() : await watchOf(address, kysely);
    return new Database(address.engine, kysely, watch);
  } catch (error) {
    await kysely.destroy().catch(() => undefined);
    throw unreadable(address, error);
  }
}

async function dialectOf(address: DatabaseAddress, options: DatabaseOptions): Promise<Dialect> {
  if (address.engine === 'sqlite') {
    return new ImmediateSqliteDialect(address.file, options.busyMs ?? 10_000);
  }
  if (address.engine === 'postgres') {
    const { default: pg } = await import('pg');
    return new PostgresDialect({ pool: new pg.Pool({ connectionString: address.url, max: 4 }) });
  }
  const { createPool } = await import('mysql2');
  return new MysqlDialect({ pool: createPool({ uri: address.url, connectionLimit: 4 }) });
}

async function watchOf(address: DatabaseAddress, kysely: Kysely<unknown>): Promise<ChangeWatch> {
  if (address.engine === 'postgres') return await postgresWatch(address.url);
  if (address.engine === 'sqlite' && address.file === ':memory:') return memoryWatch();
  const query =
    address.engine === 'sqlite'
      ? 'pragma data_version'
      : 'select (select max(id) from fact) as f, (select max(id) from command) as c, (select max(r_end_time) from command) as e';
  return pollingWatch(async () => {
    const { rows } = await kysely.executeQuery(CompiledQuery.raw(query));
    return JSON.stringify(rows[0]);
  });
}

function unreadable(address: DatabaseAddress, cause: unknown): PyrosError {
  const where = address.engine === 'sqlite' ? address.file : address.url.replace(/:[^:@/]*@/, '@');
  return new PyrosError(
    'DATABASE_UNREADABLE',
    `The database ${where} cannot be read: ${sentenceOf(cause)}.`,
    {
      cause,
      remedy:
        address.engine === 'sqlite'
          ? 'Move the file away to start with a new one, or restore a backup in its place.'
          : 'Check that the server runs and that the address in PYROS_DATABASE_URL is right.',
    },
  );
}
