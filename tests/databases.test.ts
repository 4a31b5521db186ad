import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendFact, factsAfter } from '#agent';
import { type Database, openDatabase } from '#db';
import { programNamed } from '#programs';
import { migrate, openOrm } from '../src/db/orm.ts';
import { entities } from '../src/main/entities.ts';
import { ENGINES, type Engine } from './engines.ts';

for (const { name, start, available } of ENGINES) {
  describe.skipIf(!available)(`the schema on ${name}`, () => {
    let engine: Engine;
    let database: Database;

    beforeAll(async () => {
      engine = await start();
      await migrate(engine.url, entities);
      database = await openDatabase(engine.url);
    });

    afterAll(async () => {
      await database.close();
      await engine.stop();
    });

    it('has nothing left to migrate', async () => {
      expect(await migrate(engine.url, entities)).toEqual({ applied: [] });
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
      const opened = Array.from({ length: 4 }, () => openDatabase(engine.url));
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
      await Promise.all(writers.map((writer, i) => writeFacts(writer, i)));
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

    it('gives two agents that name a new program at once the same row', async () => {
      const other = await openDatabase(engine.url);
      const numberIn = (one: Database) => one.transaction((work) => programNamed(work, 'New'));
      // SQLite waits for a lock with the whole process: there they share one connection.
      const second = name === 'SQLite' ? database : other;
      const [mine, theirs] = await Promise.all([numberIn(database), numberIn(second)]);
      await other.close();
      expect(mine).toBe(theirs);
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
