import { type Kysely, sql } from 'kysely';
import { PyrosError, sentenceOf } from '#platform';
import type { ChangeWatch } from './change-watch.ts';
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
import { type DatabaseOptions, type Engine, openEngine } from './engine.ts';
import { nameKey } from './listeners.ts';

/** What one transaction offers. */
export interface Transaction {
  readonly engine: DatabaseAddress['engine'];
  /** The tables of a room, typed by it. */
  tables<T>(): Kysely<T>;
  /**
   * Once this transaction is committed, wakes who listens: everybody, or with a name only who listens
   * to that name (letter case aside) or to everything. For a name of other than plain letters, digits,
   * dots and dashes, SQLite and MariaDB wake everybody.
   */
  announce(name?: string): void;
  /**
   * Waits until no other transaction that called this is under way, so that rows counted by the
   * database become visible in the order of their numbers: a reader with a cursor misses none.
   */
  takeTurn(): Promise<void>;
}

/** One connection (or pool) to the unit's database, the same whatever the engine behind it. */
export class Database {
  readonly engine: DatabaseAddress['engine'];
  readonly #kysely: Kysely<unknown>;
  readonly #reader: Kysely<unknown>;
  readonly #watch: ChangeWatch;

  constructor(name: DatabaseAddress['engine'], { kysely, reader, watch }: Engine) {
    this.engine = name;
    this.#kysely = kysely;
    this.#reader = reader;
    this.#watch = watch;
  }

  /**
   * The tables of a room, typed by it, outside any transaction: what is committed, without waiting
   * for transactions under way.
   */
  tables<T>(): Kysely<T> {
    return this.#reader as Kysely<T>;
  }

  /**
   * Runs `work` whole or not at all. Never wait for a device or the network inside.
   *
   * @throws PyrosError `DATABASE_BUSY` or `DATABASE_GONE`: nothing was kept, see `isDatabaseTrouble`;
   * `DATABASE_UNSURE`: nobody knows whether it was kept, see `isUnsure`.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const names = new Set<string>();
    const announcement = { everybody: false, names };
    const result = await this.#kysely.transaction().execute(async (kysely) => {
      const open = kysely as unknown as Kysely<unknown>;
      const transaction: Transaction = {
        engine: this.engine,
        tables: <U>() => open as Kysely<U>,
        announce: (name) => {
          if (name === undefined) announcement.everybody = true;
          else names.add(nameKey(name));
        },
        takeTurn: () => takeTurn(this.engine, open),
      };
      const value = await work(transaction);
      if (isToTell()) await this.#watch.beforeCommit(open, announcement);
      return value;
    });
    if (isToTell()) this.#watch.afterCommit(announcement);
    return result;

    function isToTell(): boolean {
      return announcement.everybody || names.size > 0;
    }
  }

  /**
   * Calls `listener` soon after any process announced a change; returns how to stop. With a name it is
   * spared what is announced to other names. It may be called for nothing: look, then decide.
   */
  onChange(listener: () => void, name?: string): () => void {
    return this.#watch.listen(listener, name);
  }

  /**
   * How often something was announced, where nobody else writes: while the number is the same, there is
   * nothing new to look for. Null where other processes may have written unheard.
   */
  get announcements(): number | null {
    return this.#watch.count();
  }

  async close(): Promise<void> {
    await this.#watch.close();
    await this.#reader.destroy();
    if (this.#kysely !== this.#reader) await this.#kysely.destroy();
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
  try {
    return new Database(address.engine, await openEngine(address, options));
  } catch (error) {
    throw unreadable(address, error);
  }
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
