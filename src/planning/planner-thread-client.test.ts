import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, RealClock, VirtualClock } from '#platform';
import { fullEffort } from './effort.ts';
import { calernNight, sequence } from './plan-builders.ts';
import { plan } from './planner.ts';
import { PlannerThread, threadedPlanner } from './planner-thread-client.ts';
import type { PlanInput } from './schedule.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A module that is never loaded from a file. */
function code(source: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

function thread(module?: URL, clock: Clock = new RealClock()): PlannerThread {
  const made = new PlannerThread({ clock, limitSeconds: 20, ...(module && { module }) });
  closers.push(() => made.close());
  return made;
}

function night(count: number): PlanInput {
  return calernNight(Array.from({ length: count }, (_, id) => sequence(id + 1)));
}

describe('a planner in threads', () => {
  test('gives the plans that the planner gives', async () => {
    const planner = threadedPlanner(new RealClock());
    closers.push(() => planner.close());
    const input = night(3);
    const expected = plan({ ...input, effort: fullEffort });
    expect(await planner.full(input)).toEqual(expected);
    expect((await planner.first(input)).entries).toHaveLength(3);
  });

  test('takes sequences and gives reasons by pieces, and loses none', async () => {
    const south = { target: { raDeg: 0, decDeg: -89 } };
    const many = Array.from({ length: 1201 }, (_, id) => sequence(id + 1, south));
    const { unplanned } = await thread().plan(calernNight(many));
    expect(new Set(unplanned.map((one) => one.sequenceId)).size).toBe(1201);
  });

  test('says what cannot be planned, and goes on', async () => {
    const planner = thread();
    await expect(planner.plan({ ...night(1), constraints: null as never })).rejects.toThrow();
    expect((await planner.plan(night(1))).entries).toHaveLength(1);
  });

  test('leaves the loop free while it plans', async () => {
    const planner = thread();
    let isOver = false;
    const over = planner.plan({ ...night(60), effort: fullEffort }).then(() => (isOver = true));
    let turns = 0;
    for (; !isOver; turns++) await new Promise((resolve) => setImmediate(resolve));
    await over;
    expect(turns).toBeGreaterThan(10);
  });
});

describe('a thread', () => {
  test('that dies is told, and replaced', async () => {
    const planner = thread(code('process.exit(3)'));
    const dies = expect(planner.plan(night(1))).rejects;
    await dies.toMatchObject({ code: 'PLANNING_THREAD' });
    await expect(planner.plan(night(1))).rejects.toMatchObject({ code: 'PLANNING_THREAD' });
  });

  test('that hangs is given up after its time, and replaced', async () => {
    const clock = new VirtualClock(0);
    const planner = thread(code('for (;;);'), clock);
    const late = expect(planner.plan(night(1))).rejects;
    await clock.run(19_000);
    await clock.run(21_000);
    await late.toMatchObject({ code: 'PLANNING_TIMEOUT' });
  });

  test('that died while nothing was asked is replaced by the next plan', async () => {
    const planner = thread();
    await planner.close();
    expect((await planner.plan(night(1))).entries).toHaveLength(1);
  });
});
