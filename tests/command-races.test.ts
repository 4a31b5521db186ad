import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, factsAfter, Sender } from '#agent';
import { type Database, openDatabase } from '#db';
import { codeOf, RealClock, silentLogger } from '#platform';
import { Probe, type ProbeHooks } from '#testing';
import { rowOfNew } from '../src/agent/command-store.ts';
import { claim } from '../src/agent/name-claim.ts';
import { registerAgents } from '../src/agent/survey-store.ts';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { ENGINES, type Engine } from './engines.ts';

const clock = new RealClock();
const ROUNDS = 4;
/** Fifty characters that are easily spoilt on the way. */
const ODD_NAME = 'Été "x" O\'Neil; -- %_\\ 観測 🔭 AGENT'.padEnd(48, 'z');

/** An agent in this process; gives how to end it. */
function live(database: Database, name: string, hooks: ProbeHooks): () => Promise<void> {
  const context = { name, clock, database, log: silentLogger, pid: process.pid };
  const probe = new Probe(context, hooks);
  const life = probe.run();
  return async () => {
    probe.stop();
    await life;
  };
}

for (const { name, start, available } of ENGINES) {
  describe.skipIf(!available)(`at the same moment on ${name}`, () => {
    let engine: Engine;
    let opened: Database[] = [];
    let database: Database;

    beforeAll(async () => {
      engine = await start();
      await migrateDatabase(engine.url);
      opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase(engine.url)));
      database = opened[0] as Database;
      await database.transaction((work) => registerAgents(work, ['Box', ODD_NAME], clock.now()));
    });

    afterAll(async () => {
      await Promise.all(opened.map((one) => one.close()));
      await engine.stop();
    });

    it('the same key sent by four is one command', async () => {
      const senders = opened.map((one) => new Sender({ name: 'Tester', database: one, clock }));
      for (let i = 0; i < ROUNDS; i++) {
        const order = { name: 'work', payload: i };
        const all = senders.map((sender) => sender.send('Box', order, { key: `same ${i}` }));
        const ids = (await Promise.all(all)).map(({ id }) => id);
        expect(new Set(ids).size).toBe(1);
      }
    });

    it('the same key for four different commands is taken by one', async () => {
      const senders = opened.map((one) => new Sender({ name: 'Tester', database: one, clock }));
      const all = senders.map((sender, i) =>
        sender.send('Box', { name: 'work', payload: i }, { key: 'other' }).then(
          () => 'sent',
          (error: unknown) => codeOf(error),
        ),
      );
      expect((await Promise.all(all)).sort()).toEqual([
        ...Array(3).fill('COMMAND_DUPLICATE'),
        'sent',
      ]);
    });

    it('a name that nobody ever had is claimed by one of four', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const all = opened.map((one, host) =>
          claim(
            {
              name: `New ${i}`,
              host: `far ${host}`,
              pid: 1,
              standby: false,
              clock,
              database: one,
              waiting: () => undefined,
            },
            new AbortController().signal,
          ).then(
            () => 'claimed',
            (error: unknown) => codeOf(error),
          ),
        );
        expect((await Promise.all(all)).sort()).toEqual([
          ...Array(3).fill('AGENT_NAME_TAKEN'),
          'claimed',
        ]);
      }
    });

    it('an agent with an odd name is sent five megabytes and says so', async () => {
      const lengthOf = (payload: unknown) => String(String(payload).length);
      const end = live(opened[1] as Database, ODD_NAME, {
        execute: async ({ payload }) => lengthOf(payload),
      });
      const sender = new Sender({ name: ODD_NAME.toUpperCase(), database, clock });
      const order = { name: 'work', payload: '"é'.repeat(1_250_000) };
      const sent = await sender.send(ODD_NAME.toLowerCase(), order);
      expect(await sent.ended()).toMatchObject({ state: 'EXECUTED', result: '2500000' });
      await end();
    });

    it('twenty thousand commands that came too late are ended at the start', async () => {
      const old = { sender: 'Tester', recipient: 'Late', name: 'work', payload: null };
      const row = rowOfNew({ ...old, atMs: clock.now() - 60_000, validitySeconds: 1 });
      await database.transaction(async (work) => {
        for (let i = 0; i < 40; i++) {
          await work
            .tables<{ command: typeof row }>()
            .insertInto('command')
            .values(Array(500).fill(row))
            .execute();
        }
      });
      const end = live(opened[1] as Database, 'Late', {});
      const sender = new Sender({ name: 'Tester', database, clock });
      while (!(await factsAfter(database, 0)).some(({ agent }) => agent === 'Late')) {
        await clock.sleep(0.05);
      }
      expect(await (await sender.send('Late', 'get mode')).ended()).toMatchObject({
        result: 'ACTIVE',
      });
      await end();
      const left = { recipient: 'Late', states: ['PENDING', 'RUNNING'] } as const;
      expect(await commandsOf(database, left)).toEqual([]);
    });
  });
}
