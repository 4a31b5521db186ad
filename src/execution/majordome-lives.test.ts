import { afterEach, describe, expect, test } from 'vitest';
import {
  clearStage,
  currentStage,
  domeOf,
  live,
  MortalLife,
  majordomeOf,
  modeOf,
  scriptedEvening,
  setStage,
} from '#testing';

afterEach(clearStage);

describe('a Majordome that dies', () => {
  test('in no evening has nothing to take over', async () => {
    expect(await scriptedEvening(null)).toMatchObject({ died: false, problems: [] });
  });

  // Every write of the evening: tests/majordome-kill-points.test.ts.
  test.each([9, 27, 45, 63, 81])(
    'at write %i is taken over by its next life (F32)',
    async (write) => {
      for (const when of ['before', 'after'] as const) {
        expect(await scriptedEvening({ write, when })).toMatchObject({ died: true, problems: [] });
      }
    },
  );
});

describe('a Majordome that is held up for a minute (F33)', () => {
  async function heldUp() {
    const { world, safety, reports, die } = await setStage({ before: { safe: false } });
    await die();
    const held = new MortalLife();
    const own = held.worldOf(world);
    const context = (pid: number, standby: boolean) => (name: string) => {
      return { ...own.context(name), database: world.database, pid, standby };
    };
    const alive = (name: string) => ({ ...own.context(name), pid: process.pid });
    const hand: MortalLife['handOf'] = (device) => held.handOf(device);
    const first = majordomeOf({ ...own, context: alive }, reports, { hand }).run();
    const end = first.catch((error: unknown) => error);
    await world.pass(30);
    held.suspend();
    const successor = majordomeOf({ ...world, context: context(1, true) }, reports);
    currentStage().die = live(successor);
    await world.pass(60);
    return { world, safety, held, end };
  }

  test('has lost its name, and moves nothing when it wakes', async () => {
    const { world, safety, held, end } = await heldUp();
    Object.assign(safety, { safe: true, reasons: [] });
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('open');
    held.asked.length = 0;
    held.resume();
    await world.pass(30);
    expect(await end).toMatchObject({ code: 'AGENT_FENCED' });
    expect(held.asked.filter((word) => word !== 'status')).toEqual([]);
    expect(await modeOf(world)).toBe('SCHED_READY');
    expect((await domeOf(world).status()).shutter).toBe('open');
  });
});

test('a second Majordome refuses to start (F34)', async () => {
  const { world, reports, die } = await setStage();
  await die();
  const withPid = (pid: number) => {
    return { ...world, context: (name: string) => ({ ...world.context(name), pid }) };
  };
  currentStage().die = live(majordomeOf(withPid(process.pid), reports));
  await world.pass(10);
  const refused = majordomeOf(withPid(1), reports).run();
  await expect(Promise.all([refused, world.pass(5)])).rejects.toThrow(/runs already/);
});
