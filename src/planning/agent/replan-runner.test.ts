import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendFact, type FactPayloads, type FactType } from '#agent';
import { insertRequest, readSequence } from '#request';
import {
  cancel,
  darkOf,
  live,
  makeWorld,
  moveStatus,
  scheduleNow,
  someRequest,
  statusOf,
  submit,
  told,
  type World,
} from '#testing';
import { inlinePlanner, type PlannerClient } from '../planner-client.ts';
import type { PlanInput, Schedule } from '../schedule.ts';
import { latestSchedule, schedulesOfNight } from '../schedule-store.ts';
import { SchedulerAgent } from '../scheduler-agent.ts';

const NIGHT = '2026-10-12';
let world: World;
let die: () => Promise<void>;
/** What it was asked, and what it does beyond the planner of the house. */
let asked: PlanInput[];
let behaviour: Partial<PlannerClient>;
let pauses: number;

beforeEach(async () => {
  world = await makeWorld();
  asked = [];
  // The second answer is what most of these tests are not about.
  behaviour = { full: async () => null };
  pauses = 0;
  begin();
});

afterEach(async () => {
  await die();
  await world.close();
});

function begin(): void {
  const inline = inlinePlanner();
  const planner: PlannerClient = {
    ...inline,
    first: async (input) => {
      asked.push(input);
      return await (behaviour.first ?? inline.first)(input);
    },
    full: async (input) => await (behaviour.full ?? inline.full)(input),
    pause: async () => void pauses++,
  };
  die = live(new SchedulerAgent(world.context('Scheduler'), { unit: world.unit, planner }));
}

async function tell<T extends FactType>(type: T, payload: FactPayloads[T]): Promise<void> {
  const atMs = world.clock.now();
  await world.database.transaction((work) =>
    appendFact(work, { atMs, agent: 'Majordome', type, payload }),
  );
  await world.pass(1);
}

async function reasons(): Promise<string[]> {
  return (await told(world, 'SchedulePublished')).map((one) => one.reason);
}

const versions = () => schedulesOfNight(world.database, NIGHT);
const plain = inlinePlanner();
const plainPlan = (input: PlanInput) => plain.first(input);

/** The same plan, said to be worth so much. */
function worth(factor: number, bound = 1e9): (input: PlanInput) => Promise<Schedule> {
  return async (input) => {
    const made = await plainPlan(input);
    return { ...made, value: 1000 * factor, bound, gap: 0.1 };
  };
}

const ready = { from: 'STANDBY', to: 'SCHED_READY', reason: '' };
const sky = { cloud: 'clear', windMs: null, humidityPercent: null };

describe('the two answers', () => {
  test('a plan that is better by a margin takes the place of the first', async () => {
    behaviour = { first: worth(1), full: worth(1.01) };
    await submit(world);
    await world.pass(1);
    expect(await versions()).toMatchObject([
      { kind: 'FIRST', value: 1000 },
      { kind: 'FULL', value: 1010 },
    ]);
    expect(await reasons()).toEqual(Array(2).fill('the request "A request" came in'));
  });

  test('one that is hardly better is not published, but its proof is kept', async () => {
    behaviour = { first: worth(1, 2000), full: worth(1.001, 1250) };
    await submit(world);
    await world.pass(1);
    expect(await versions()).toMatchObject([{ kind: 'FULL', value: 1000, bound: 1250, gap: 0.2 }]);
  });

  test('the second is of no interest once something newer has come in', async () => {
    const { promise, resolve } = Promise.withResolvers<Schedule>();
    behaviour = { first: worth(1), full: () => promise };
    await submit(world);
    await world.pass(1);
    behaviour = { first: worth(1), full: async () => null };
    await submit(world);
    await world.pass(1);
    resolve({ ...(await plainPlan(asked[0] as PlanInput)), value: 9000 });
    await world.pass(60);
    expect((await versions()).map((one) => one.kind)).toEqual(['FIRST', 'FIRST']);
  });

  test('the second is looked for again when a sequence has begun meanwhile', async () => {
    const [id, other] = [await submit(world), await submit(world)];
    const { promise, resolve } = Promise.withResolvers<void>();
    const better = worth(1.1);
    behaviour = { first: worth(1), full: (input) => promise.then(() => better(input)) };
    await world.pass(1);
    await moveStatus(world, id, 'EXECUTING');
    resolve();
    await world.pass(2);
    const [, last] = await versions();
    expect(last).toMatchObject({ kind: 'FULL' });
    expect(asked.at(-1)?.running?.sequence.id).toBe(id);
    expect((await latestSchedule(world.database))?.lines.map((one) => one.sequenceId)).toContain(
      other,
    );
  });

  test('a second that fails is told, and the first one holds', async () => {
    behaviour = {
      full: async () => {
        throw new Error('the thread died');
      },
    };
    const id = await submit(world);
    await world.pass(1);
    expect(await told(world, 'PlanningFailed')).toEqual([{ reason: 'the thread died' }]);
    expect(await statusOf(world, id)).toBe('PLANNED');
    await world.pass(120);
    expect(await versions()).toHaveLength(1);
  });
});

describe('a planning that fails', () => {
  test('is told once and tried again until it succeeds', async () => {
    behaviour = {
      first: async () => {
        throw new Error('no plan');
      },
    };
    const id = await submit(world);
    await world.pass(100);
    expect(asked.length).toBeGreaterThan(2);
    expect(await told(world, 'PlanningFailed')).toEqual([{ reason: 'no plan' }]);
    behaviour = { full: async () => null };
    await world.pass(40);
    expect(await statusOf(world, id)).toBe('PLANNED');
  });
});

describe('while the planner works', () => {
  async function during(change: (id: number) => Promise<void>): Promise<number> {
    const id = await submit(world);
    behaviour = {
      first: async (input) => {
        behaviour = { full: async () => null };
        const made = await plainPlan(input);
        await change(id);
        return made;
      },
    };
    await world.pass(1);
    return id;
  }

  test('a sequence that is withdrawn is left out', async () => {
    const id = await during((one) => cancel(world, one, 'no more'));
    expect(await told(world, 'SchedulePublished')).toMatchObject([{ planned: 0, unplanned: 0 }]);
    expect(await statusOf(world, id)).toBe('CANCELLED');
    expect(await told(world, 'PlanningFailed')).toEqual([]);
  });

  test('a sequence that is deleted is left out', async () => {
    await during(async (id) => {
      const rows = world.database.tables<{ sequence: { id: number } }>();
      await rows.deleteFrom('sequence').where('id', '=', id).execute();
    });
    expect((await latestSchedule(world.database))?.lines).toEqual([]);
    expect(await told(world, 'PlanningFailed')).toEqual([]);
  });

  test('a sequence that begins is planned around', async () => {
    const id = await during((one) =>
      moveStatus(world, one, 'PLANNED').then(() => moveStatus(world, one, 'EXECUTING')),
    );
    expect(asked).toHaveLength(2);
    expect(asked[1]?.running?.sequence.id).toBe(id);
  });
});

describe('it plans again', () => {
  test('once for a burst of facts, and names the most important', async () => {
    await die();
    await submit(world);
    await submit(world, { priority: 1 }, true);
    await submit(world);
    begin();
    await world.pass(1);
    expect(await reasons()).toEqual(['the alert "A request" came in']);
  });

  test('when the conditions change, with the seeing as it now is', async () => {
    await tell('ConditionsChanged', { ...sky, seeingArcsec: 2.1 });
    expect(asked.at(-1)?.conditions).toEqual({ seeingArcsec: 2.1 });
    expect(await reasons()).toEqual(['the conditions changed']);
  });

  test('when the weather closes and when it opens', async () => {
    await submit(world);
    await world.pass(1);
    await tell('ModeChanged', { from: 'SCHED_READY', to: 'SCHED_CLOSING', reason: 'rain' });
    expect(asked).toHaveLength(2);
    await world.pass(600);
    await tell('ModeChanged', ready);
    // What the closing says is no news: it is the same plan.
    const [, opens] = await reasons();
    expect(opens).toMatch(/^the observatory is ready, \d+ min into the dark$/);
  });

  test('when a sequence fails: its slot is refilled at once', async () => {
    const [first, second] = [await submit(world), await submit(world)];
    await world.pass(1);
    await moveStatus(world, first, 'EXECUTING');
    await moveStatus(world, first, 'FAILED');
    const end = { sequenceId: first, name: 'A', outcome: 'FAILED', reason: '', images: 0 };
    await tell('SequenceEnded', end);
    const [slot] = (await latestSchedule(world.database))?.lines ?? [];
    expect(slot?.sequenceId).toBe(second);
    expect(slot?.startMs).toBeLessThan(world.clock.now() + 120_000);
  });

  test('when the running sequence overruns its slot', async () => {
    await submit(world);
    await submit(world);
    await world.pass(1);
    const id = (await latestSchedule(world.database))?.lines[0]?.sequenceId ?? 0;
    await moveStatus(world, id, 'EXECUTING');
    await world.pass(400);
    expect(await reasons()).toContain('a sequence overruns its slot');
    const [line] = (await latestSchedule(world.database))?.lines ?? [];
    expect(line?.sequenceId).toBe(id);
    expect(line?.endMs).toBeGreaterThan(world.clock.now() - 100_000);
  });

  test('when a planned sequence was withdrawn without a word', async () => {
    const durationSeconds = 600;
    const [, second] = [await submit(world), await submit(world, { durationSeconds })];
    await world.pass(1);
    await cancel(world, second, 'typed in the shell');
    await world.pass(40);
    expect(await reasons()).toContain('a planned sequence was withdrawn');
    expect((await latestSchedule(world.database))?.lines).toHaveLength(1);
  });

  test('but publishes nothing when the plan says the same', async () => {
    await submit(world, { durationSeconds: 1800 });
    await world.pass(1);
    for (let i = 0; i < 3; i++) await tell('ConditionsChanged', { ...sky, seeingArcsec: 1 });
    expect(asked).toHaveLength(4);
    expect(await versions()).toHaveLength(1);
  });

  test('after a sequence could not begin, and holds that one back', async () => {
    const id = await submit(world);
    await world.pass(1);
    await tell('SequenceRefused', { sequenceId: id, name: 'A', reason: 'too low.' });
    expect(await reasons()).toContain('"A" could not begin');
    const [line] = (await latestSchedule(world.database))?.lines ?? [];
    expect(line?.startMs).toBeGreaterThanOrEqual(world.clock.now() + 590_000);
  });
});

describe('the plan depends on', () => {
  test('the plan before, whose starts it is told', async () => {
    const id = await submit(world);
    await scheduleNow(world, id);
    const startMs = world.clock.now();
    await world.pass(1);
    expect(asked[0]?.previous?.startMs.get(id)).toBe(startMs);
  });

  test('where the telescope looks, over a death of the scheduler too', async () => {
    await tell('SlewStarted', { sequenceId: 1, raDeg: 10, decDeg: 20, altDeg: 50 });
    await die();
    begin();
    await submit(world);
    await world.pass(1);
    expect(asked.at(-1)?.pointing).toEqual({ raDeg: 10, decDeg: 20 });
  });

  test('what the accounts have spent: setup and observation of what was done', async () => {
    await world.database.transaction(async (work) => {
      const rows = work.tables<{ scientific_program: { name: string; quota: number } }>();
      await insertRequest(work, someRequest(world), 'toto');
      await rows.updateTable('scientific_program').set({ quota: 1000 }).execute();
    });
    const done = await submit(world, { durationSeconds: 300 });
    for (const to of ['PLANNED', 'EXECUTING', 'DONE'] as const) await moveStatus(world, done, to);
    await world.pass(1);
    const [sequence] = asked.at(-1)?.sequences ?? [];
    expect(asked.at(-1)?.quotas.get('program "Clusters"')).toEqual({
      quotaSeconds: 1000,
      chargedSeconds: 300 + (sequence?.setupSeconds ?? 0),
    });
  });
});

test('a row that is no target is told so, and the others are planned', async () => {
  const [id, other] = [await submit(world), await submit(world)];
  const rows = world.database.tables<{ sequence: { id: number; target_form: string } }>();
  await rows.updateTable('sequence').set({ target_form: 'COMET' }).where('id', '=', id).execute();
  await world.pass(1);
  expect(await readSequence(world.database, id)).toMatchObject({
    status: 'UNPLANNABLE',
    reason: expect.stringContaining('"COMET" is no form of target'),
  });
  expect(await statusOf(world, other)).toBe('PLANNED');
});

test('on a night that never gets dark each sequence is told so, and nothing fails', async () => {
  const id = await submit(world);
  await world.pass(1);
  await die();
  const arctic = { ...world.unit, site: { ...world.unit.site, latDeg: 85 } };
  const june = Date.UTC(2027, 5, 21);
  await world.pass((june - world.clock.now()) / 1000);
  die = live(new SchedulerAgent(world.context('Scheduler'), { unit: arctic }));
  await tell('ModeChanged', ready);
  expect(await readSequence(world.database, id)).toMatchObject({
    status: 'TOBEPLANNED',
    reason: 'the sky never gets dark tonight',
  });
  expect(await told(world, 'PlanningFailed')).toEqual([]);
});

test('a thousand sequences are read and written by pieces, with turns of the loop in between', async () => {
  await die();
  const many = Array.from({ length: 1000 }, (_, i) => {
    const [sequence] = someRequest(world).sequences;
    if (!sequence) throw new Error('no sequence');
    return { ...sequence, name: `S${i}`, durationSeconds: darkOf(world).endMs };
  });
  await world.database.transaction((work) =>
    insertRequest(work, { ...someRequest(world), sequences: many }, 'somebody'),
  );
  begin();
  await tell('ModeChanged', ready);
  // 5 readings of at most 250 rows and 2 more; 10 pieces of lines and 10 of verdicts.
  expect(pauses).toBeGreaterThanOrEqual(26);
  expect((await latestSchedule(world.database))?.lines).toHaveLength(1000);
});
