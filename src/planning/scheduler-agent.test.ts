import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendFact, type FactPayloads, type FactType } from '#agent';
import { readSequence } from '#request';
import {
  darkOf,
  live,
  makeWorld,
  moveStatus,
  scheduleNow,
  statusOf,
  submit,
  told,
  type World,
} from '#testing';
import { latestSchedule } from './schedule-store.ts';
import { SchedulerAgent } from './scheduler-agent.ts';

let world: World;
let die: () => Promise<void>;

beforeEach(async () => {
  world = await makeWorld();
  begin();
});

afterEach(async () => {
  await die();
  await world.close();
});

function begin(): void {
  die = live(new SchedulerAgent(world.context('Scheduler'), { unit: world.unit }));
}

async function tell<T extends FactType>(type: T, payload: FactPayloads[T]): Promise<void> {
  const atMs = world.clock.now();
  await world.database.transaction((work) =>
    appendFact(work, { atMs, agent: 'Majordome', type, payload }),
  );
  await world.pass(1);
}

async function slots() {
  const schedule = await latestSchedule(world.database);
  return schedule?.lines.filter((line) => line.startMs !== null) ?? [];
}

const SOUTH = { name: 'Far south', raDeg: 345, decDeg: -80 };

describe('a request', () => {
  test('gets its slot in the dark as soon as it comes in', async () => {
    const id = await submit(world);
    await world.pass(1);
    const [slot] = await slots();
    const dark = darkOf(world);
    expect(slot?.sequenceId).toBe(id);
    expect(slot?.startMs).toBeGreaterThanOrEqual(world.clock.now() - 1000);
    expect(slot?.endMs).toBeLessThanOrEqual(dark.endMs);
    expect(await statusOf(world, id)).toBe('PLANNED');
    expect(await told(world, 'SchedulePublished')).toMatchObject([{ planned: 1, unplanned: 0 }]);
  });

  test('that can never be observed here is UNPLANNABLE and says why', async () => {
    const id = await submit(world, { target: SOUTH });
    await world.pass(1);
    const sequence = await readSequence(world.database, id);
    expect(sequence?.status).toBe('UNPLANNABLE');
    expect(sequence?.reason).toContain('never');
  });

  test('of an alert goes first', async () => {
    await submit(world, { priority: 10 });
    const alert = await submit(world, { priority: 1 }, true);
    await world.pass(1);
    expect((await slots())[0]?.sequenceId).toBe(alert);
  });

  test('does not share its time with another', async () => {
    await submit(world);
    await submit(world);
    await world.pass(1);
    const [first, second] = await slots();
    expect(second?.startMs).toBeGreaterThanOrEqual(first?.endMs ?? Number.POSITIVE_INFINITY);
  });
});

test('requests that came while it was down are planned when it lives again', async () => {
  await die();
  const id = await submit(world);
  begin();
  await world.pass(1);
  expect(await statusOf(world, id)).toBe('PLANNED');
});

test('a fact handled before its death is not planned again by the next life', async () => {
  await submit(world);
  await world.pass(1);
  await die();
  begin();
  await world.pass(5);
  expect(await told(world, 'SchedulePublished')).toHaveLength(1);
});

test('a planning that fails keeps the last plan and is told', async () => {
  const id = await submit(world);
  await world.pass(1);
  await moveStatus(world, id, 'EXECUTING');
  await die();
  const blind = { ...world.unit, horizon: null as never };
  die = live(new SchedulerAgent(world.context('Scheduler'), { unit: blind }));
  await submit(world);
  await world.pass(1);
  expect(await told(world, 'PlanningFailed')).toHaveLength(1);
  expect((await slots()).map((slot) => slot.sequenceId)).toEqual([id]);
});

test('a slot that passes unused while the observatory is open is planned anew', async () => {
  const id = await submit(world);
  await world.pass(1);
  await tell('ModeChanged', { from: 'STANDBY', to: 'SCHED_READY', reason: '' });
  await scheduleNow(world, id);
  await world.pass(400);
  const reasons = (await told(world, 'SchedulePublished')).map((one) => one.reason);
  expect(reasons).toContain('a slot passed unused');
});

describe('the end of the night', () => {
  const ended = { night: '2026-10-12', report: 'nights/2026-10-12/report.json' };

  test('lets what was for this night expire, with the reason that it had', async () => {
    const planned = await submit(world);
    const never = await submit(world, { target: SOUTH });
    await world.pass(1);
    const why = (await readSequence(world.database, never))?.reason;
    await tell('NightEnded', ended);
    expect(await statusOf(world, planned)).toBe('EXPIRED');
    expect(await readSequence(world.database, never)).toMatchObject({
      status: 'EXPIRED',
      reason: why,
    });
    expect((await readSequence(world.database, planned))?.reason).not.toBe('');
  });

  test('leaves what may be observed another night', async () => {
    const windowEndMs = world.clock.now() + 3 * 86_400_000;
    const id = await submit(world, { windowEndMs });
    await world.pass(1);
    await tell('NightEnded', ended);
    expect(await statusOf(world, id)).toBe('PLANNED');
  });

  test('leaves what was observed', async () => {
    const id = await submit(world);
    await world.pass(1);
    for (const to of ['EXECUTING', 'DONE'] as const) await moveStatus(world, id, to);
    await tell('NightEnded', ended);
    expect(await statusOf(world, id)).toBe('DONE');
  });

  test('that nobody told is made up for when the next night begins', async () => {
    const id = await submit(world);
    await world.pass(1);
    await tell('NightStarted', { night: '2026-10-13', sunsetAt: null, sunriseAt: null });
    expect(await statusOf(world, id)).toBe('EXPIRED');
  });
});

test('a stored schedule gives its slots back to the millisecond', async () => {
  const sequenceId = await submit(world);
  await scheduleNow(world, sequenceId);
  const startMs = world.clock.now();
  expect((await latestSchedule(world.database))?.lines).toEqual([
    {
      sequenceId,
      startMs,
      endMs: startMs + 3_600_000,
      slackLeftSeconds: 0,
      slackRightSeconds: 0,
      altDeg: 60,
      overheadSeconds: 0,
      reason: '',
      code: '',
      remedy: '',
      isShortened: false,
    },
  ]);
});

test('before the first planning there is no schedule', async () => {
  expect(await latestSchedule(world.database)).toBeNull();
});
