import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { asTrouble, asUnsure } from './database-trouble.ts';

/** A server's dialect whose lost connections and lock conflicts are told as PyrosErrors. */
export function tellingDialect(dialect: Dialect): Dialect {
  return {
    createDriver: () => new TellingDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (kysely) => dialect.createIntrospector(kysely),
  };
}

class TellingDriver implements Driver {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async init(): Promise<void> {
    await this.#driver.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new TellingConnection(await orTrouble(this.#driver.acquireConnection()));
  }

  async beginTransaction(...[connection, settings]: Parameters<Driver['beginTransaction']>) {
    const telling = connection as TellingConnection;
    await orTrouble(this.#driver.beginTransaction(telling.inner, settings));
    telling.inTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.commitTransaction((connection as TellingConnection).inner);
    } catch (error) {
      throw asUnsure(error);
    }
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.rollbackTransaction((connection as TellingConnection).inner);
    } catch (error) {
      // On a lost connection the server has undone it already, and what went wrong first is told.
      if (asTrouble(error) === error) throw error;
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#driver.releaseConnection((connection as TellingConnection).inner);
  }

  async destroy(): Promise<void> {
    await this.#driver.destroy();
  }
}

class TellingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  inTransaction = false;

  constructor(inner: DatabaseConnection) {
    this.inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      const isKeptAtOnce = !this.inTransaction && query.query.kind !== 'SelectQueryNode';
      throw isKeptAtOnce ? asUnsure(error) : asTrouble(error);
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

async function orTrouble<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw asTrouble(error);
  }
}
