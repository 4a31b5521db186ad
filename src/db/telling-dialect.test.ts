import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { describe, expect, it } from 'vitest';
import { tellingDialect } from './telling-dialect.ts';

type Tables = { log: { id: number; message: string } };

/** A server that loses the connection at the first statement that begins with `word`. */
function losingAt(word: string): Kysely<Tables> {
  let isLost = false;
  const ask = async (sql: string) => {
    isLost ||= sql.startsWith(word);
    if (isLost) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    return { rows: [] };
  };
  const connection: DatabaseConnection = {
    executeQuery: (query: CompiledQuery) => ask(query.sql),
    streamQuery: () => {
      throw new TypeError('nobody streams here');
    },
  };
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => {
      await ask('connect');
      return connection;
    },
    beginTransaction: async () => void (await ask('begin')),
    commitTransaction: async () => void (await ask('commit')),
    rollbackTransaction: async () => void (await ask('rollback')),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
  return new Kysely<Tables>({
    dialect: tellingDialect({
      createDriver: () => driver,
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    }),
  });
}

const insert = (kysely: Kysely<Tables>) =>
  kysely.insertInto('log').values({ id: 1, message: '' }).execute();

describe('a connection that is lost', () => {
  it.each(['connect', 'begin', 'insert'])(
    'at the %s of a transaction has kept nothing',
    async (word) => {
      const done = losingAt(word).transaction().execute(insert);
      await expect(done).rejects.toMatchObject({ code: 'DATABASE_GONE' });
    },
  );

  it('at the commit leaves open what was kept', async () => {
    const done = losingAt('commit').transaction().execute(insert);
    await expect(done).rejects.toMatchObject({
      code: 'DATABASE_UNSURE',
      cause: expect.objectContaining({ code: 'ECONNRESET' }),
    });
  });

  it('at the rollback does not hide why', async () => {
    const done = losingAt('rollback')
      .transaction()
      .execute(async () => {
        throw new Error('changed my mind');
      });
    await expect(done).rejects.toThrow('changed my mind');
  });

  it('at a write by itself leaves open what was kept', async () => {
    await expect(insert(losingAt('insert'))).rejects.toMatchObject({ code: 'DATABASE_UNSURE' });
  });

  it('at a question has no more to it', async () => {
    const asked = losingAt('select').selectFrom('log').selectAll().execute();
    await expect(asked).rejects.toMatchObject({ code: 'DATABASE_GONE' });
  });
});
