import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendFact, factsAfter } from '#agent';
import { type Database, openDatabase } from '#db';
import { openOrm } from '../src/db/orm.ts';
import { entities } from '../src/main/entities.ts';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { startMariaDb, startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';

interface Engine {
  readonly url: string;
  stop(): Promise<void>;
}

async function startSqlite(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'pyros.sqlite')}`,
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

const ENGINES = [
  { name: 'SQLite', start: startSqlite, available: true },
  { name: 'PostgreSQL', start: startPostgres, available: needs('postgresql').available },
  { name: 'MariaDB', start: startMariaDb, available: needs('mariadb').available },
];

for (const { name, start, available } of ENGINES) {
  describe.skipIf(!available)(`the schema on ${name}`, () => {
    let engine: Engine;
    let database: Database;

    beforeAll(async () => {
      engine = await start();
      await migrateDatabase(engine.url);
      database = await openDatabase(engine.url);
    });

    afterAll(async () => {
      await database.close();
      await engine.stop();
    });

    it('has nothing left to migrate', async () => {
      expect(await migrateDatabase(engine.url)).toEqual([]);
    });

    it('is that of the entities, to the column', async () => {
      const orm = await openOrm(engine.url, entities);
      const difference = await orm.schema.getUpdateSchemaSQL({ wrap: false });
      await orm.close(true);
      const statements = difference
        .split('\n')
        .filter((line) => line.trim() && !/`?version`?/.test(line));
      expect(statements).toEqual([]);
    });

    it('shows facts in the order of their numbers to a reader with a cursor', async () => {
      // SQLite waits for a lock with the whole process: there the writers share one connection.
      const connections = name === 'SQLite' ? 1 : 4;
      const opened = Array.from({ length: connections }, () => openDatabase(engine.url));
      const writers = await Promise.all(opened);
      const seen: number[] = [];
      let writing = true;
      const reader = (async () => {
        for (let last = 0, rounds = 0; writing || rounds < 2; rounds += writing ? 0 : 1) {
          const facts = await factsAfter(database, last);
          seen.push(...facts.map((fact) => fact.id));
          last = facts.at(-1)?.id ?? last;
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      await Promise.all(
        [0, 1, 2, 3].map((i) => writeFacts(writers[i % connections] ?? database, i)),
      );
      writing = false;
      await reader;
      await Promise.all(writers.map((writer) => writer.close()));
      const all = (await factsAfter(database, 0, 1000)).map((fact) => fact.id);
      expect(all).toHaveLength(200);
      expect(seen).toEqual(all);
    });

    it('wakes another connection after a fact', async () => {
      const writer = await openDatabase(engine.url);
      const woken = new Promise<void>((resolve) => {
        const stop = database.onChange(() => {
          stop();
          resolve();
        });
      });
      await writeFacts(writer, 9, 1);
      await woken;
      await writer.close();
    });

    it('keeps nothing of a transaction that fails', async () => {
      const before = await factsAfter(database, 0, 1000);
      const failing = database.transaction(async (transaction) => {
        await appendFact(transaction, factOf(7, 1));
        throw new Error('the power goes');
      });
      await expect(failing).rejects.toThrow('the power goes');
      expect(await factsAfter(database, 0, 1000)).toEqual(before);
    });
  });
}

const factOf = (writer: number, n: number) =>
  ({
    atMs: Date.UTC(2014, 3, 23, 20, 0, n),
    agent: `Writer${writer}`,
    type: 'DomeClosed',
    payload: { by: `${n}` },
  }) as const;

async function writeFacts(writer: Database, number: number, count = 50): Promise<void> {
  for (let n = 0; n < count; n++) {
    await writer.transaction((transaction) => appendFact(transaction, factOf(number, n)));
  }
}
