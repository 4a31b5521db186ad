import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendFact, type Work } from '#agent';
import { type Database, openDatabase } from '#db';
import { insertRequest, readSequence, type Sequence, setSequenceStatus } from '#request';
import { migrate } from '../src/db/orm.ts';
import { smallUnit } from '../src/devices/virtual-simulators.ts';
import { entities } from '../src/main/entities.ts';
import { nothingKnown } from '../src/planning/agent/observatory-memory.ts';
import { nightHours } from '../src/planning/agent/plan-input.ts';
import { ReplanRunner } from '../src/planning/agent/replan-runner.ts';
import { inlinePlanner } from '../src/planning/planner-client.ts';
import { latestSchedule } from '../src/planning/schedule-store.ts';
import { VirtualClock } from '../src/platform/index.ts';
import { someRequest } from '../src/testing/execution-requests.ts';
import { ENGINES, type Engine } from './engines.ts';

const NIGHT = '2026-10-12';
const unit = smallUnit();
const clock = new VirtualClock(Date.UTC(2026, 9, 12, 22));

for (const { name, start, available } of ENGINES) {
  describe.skipIf(!available)(`planning on ${name}`, () => {
    let engine: Engine;
    let scheduler: Database;
    let observer: Database;

    beforeAll(async () => {
      engine = await start();
      await migrate(engine.url, entities);
      scheduler = await openDatabase(engine.url);
      observer = await openDatabase(engine.url);
    }, 120_000);

    afterAll(async () => {
      await scheduler.close();
      await observer.close();
      await engine.stop();
    });

    async function ask(changes: Partial<Sequence> = {}): Promise<number> {
      return await observer.transaction(async (work) => {
        const request = someRequest({ unit, clock }, changes);
        const { sequenceIds } = await insertRequest(work, request, 'somebody');
        return sequenceIds[0] ?? 0;
      });
    }

    async function status(id: number): Promise<string> {
      return (await readSequence(scheduler, id))?.status ?? 'missing';
    }

    /** Plans once; `meanwhile` comes at the pause of that number. */
    async function plan(at = -1, meanwhile: () => Promise<void> = async () => undefined) {
      let pauses = 0;
      const pause = async () => {
        if (pauses++ === at) await meanwhile();
      };
      const transact = <T>(work: (work: Work) => Promise<T>): Promise<T> =>
        scheduler.transaction((transaction) =>
          work({
            ...transaction,
            fact: (type, payload) =>
              appendFact(transaction, { atMs: clock.now(), agent: 'Scheduler', type, payload }),
            send: async () => 0,
          }),
        );
      const planner = { ...inlinePlanner(), full: async () => null, pause };
      const runner = new ReplanRunner({
        ...{ unit, clock, transact, planner },
        database: scheduler,
        ring: () => undefined,
      });
      const hours = nightHours(unit, NIGHT);
      await runner.replan({ cause: 'a test', memory: nothingKnown, hours });
    }

    it('stores slots, reasons and verdicts', async () => {
      const high = await ask();
      const low = await ask({ target: { name: 'Low', raDeg: 0, decDeg: -80 } });
      const short = await ask({ windowStartMs: clock.now(), windowEndMs: clock.now() + 1000 });
      await plan();
      const stored = await latestSchedule(scheduler);
      expect(stored?.value).toBeGreaterThan(0);
      expect(stored?.bound).toBeGreaterThanOrEqual(stored?.value ?? 0);
      const byId = new Map(stored?.lines.map((line) => [line.sequenceId, line]));
      expect(byId.get(high)).toMatchObject({ code: '', reason: '', isShortened: false });
      expect(byId.get(low)).toMatchObject({ code: 'ELEVATION', startMs: null });
      expect(byId.get(short)).toMatchObject({ code: 'INVALID' });
      expect([await status(high), await status(low)]).toEqual(['PLANNED', 'UNPLANNABLE']);
    });

    /** Somebody else writes at that pause; where the plan holds the rows already, he waits for it. */
    async function planWhile(at: number, write: () => Promise<void>): Promise<void> {
      let written: Promise<void> = Promise.resolve();
      await plan(at, async () => {
        written = write();
        await Promise.race([written, sleep(name === 'SQLite' ? 0 : 100)]);
      });
      await written;
    }

    it.each([0, 1, 2, 3, 4])('outlives a sequence deleted at its pause %i', async (at) => {
      const [first, other] = [await ask(), await ask()];
      await planWhile(at, () =>
        observer.transaction(async (work) => {
          const tables = work.tables<{ sequence: { id: number } }>();
          await tables.deleteFrom('sequence').where('id', '=', first).execute();
        }),
      );
      expect(await status(first)).toBe('missing');
      expect(await status(other)).toBe('PLANNED');
    });

    it.each([0, 1, 2, 3, 4])('outlives a sequence withdrawn at its pause %i', async (at) => {
      const [first, other] = [await ask(), await ask()];
      const change = { id: first, to: 'CANCELLED', reason: 'no longer needed' } as const;
      await planWhile(at, () => observer.transaction((work) => setSequenceStatus(work, change)));
      expect(await status(first)).toBe('CANCELLED');
      expect(await status(other)).toBe('PLANNED');
    });
  });
}
