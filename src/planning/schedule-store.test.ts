import { beforeEach, describe, expect, test } from 'vitest';
import { makeWorld, submit, type World } from '#testing';
import {
  insertSchedule,
  latestSchedule,
  lineOf,
  type NewSchedule,
  type ScheduleLine,
  scheduleById,
  schedulesOfNight,
  setScheduleBound,
  slotsFrom,
} from './schedule-store.ts';

const NIGHT = '2026-10-12';
let world: World;
let ids: number[];

beforeEach(async () => {
  world = await makeWorld();
  ids = [await submit(world), await submit(world), await submit(world)];
});

function line(index: number, startMs: number | null, changes: Partial<ScheduleLine> = {}) {
  return {
    sequenceId: ids[index] ?? 0,
    startMs,
    endMs: startMs === null ? null : startMs + 600_000,
    slackLeftSeconds: 1,
    slackRightSeconds: 2,
    altDeg: 50,
    overheadSeconds: 30,
    reason: '',
    code: '' as const,
    remedy: '',
    isShortened: false,
    ...changes,
  };
}

async function store(changes: Partial<NewSchedule> = {}): Promise<number> {
  const nowMs = world.clock.now();
  return await world.database.transaction((work) =>
    insertSchedule(work, {
      createdMs: nowMs,
      night: NIGHT,
      reason: 'a test',
      planStartMs: nowMs,
      planEndMs: nowMs + 3_600_000,
      lines: [],
      ...changes,
    }),
  );
}

test('a schedule comes back with what it is worth, its kind and what it stops', async () => {
  const worth = { value: 10, bound: 12.5, gap: 0.2, kind: 'FIRST' as const, preempts: 7 };
  await store(worth);
  expect(await latestSchedule(world.database)).toMatchObject({ ...worth, reason: 'a test' });
});

test('a line comes back with its reason, the kind of it and the remedy', async () => {
  const reason = { code: 'MOON' as const, reason: 'too near.', remedy: 'Wait.' };
  await store({
    lines: [line(0, null, reason), line(1, world.clock.now(), { isShortened: true })],
  });
  const lines = (await latestSchedule(world.database))?.lines ?? [];
  expect(lines).toEqual([line(0, null, reason), line(1, world.clock.now(), { isShortened: true })]);
});

test('between two statements of a hundred lines there is a pause', async () => {
  let pauses = 0;
  const nowMs = world.clock.now();
  const lines = Array.from({ length: 250 }, () => line(0, null));
  await world.database.transaction((work) =>
    insertSchedule(
      work,
      { createdMs: nowMs, night: NIGHT, reason: '', planStartMs: nowMs, planEndMs: nowMs, lines },
      async () => void pauses++,
    ),
  );
  expect(pauses).toBe(3);
  expect((await latestSchedule(world.database))?.lines).toHaveLength(250);
});

describe('the history', () => {
  test('of a night lists its versions with their counts, oldest first', async () => {
    const first = await store({ kind: 'FIRST', lines: [line(0, 1e12), line(1, null)] });
    const second = await store({ lines: [line(0, 1e12), line(1, 2e12)] });
    await store({ night: '2026-10-13' });
    expect(await schedulesOfNight(world.database, NIGHT)).toMatchObject([
      { id: first, kind: 'FIRST', planned: 1, unplanned: 1 },
      { id: second, kind: 'FULL', planned: 2, unplanned: 0 },
    ]);
  });

  test('keeps every version whole', async () => {
    const first = await store({ lines: [line(0, 1e12)] });
    await store({ lines: [line(0, 2e12)] });
    expect((await scheduleById(world.database, first))?.lines).toEqual([line(0, 1e12)]);
    expect(await scheduleById(world.database, 999)).toBeNull();
  });
});

describe('of the schedule that counts', () => {
  const hour = 3_600_000;

  test('the slots that are not over are read, in order of start', async () => {
    const nowMs = world.clock.now();
    await store({ lines: [line(0, nowMs - hour), line(1, nowMs + hour), line(2, nowMs)] });
    const slots = await slotsFrom(world.database, nowMs);
    expect(slots.map((slot) => slot.sequenceId)).toEqual([ids[2], ids[1]]);
  });

  test('one line is read', async () => {
    await store({ lines: [line(0, 1e12)] });
    await store({ lines: [line(0, 2e12)] });
    expect(await lineOf(world.database, ids[0] ?? 0)).toEqual(line(0, 2e12));
    expect(await lineOf(world.database, ids[1] ?? 0)).toBeNull();
  });

  test('there is nothing before the first planning', async () => {
    expect(await slotsFrom(world.database, 0)).toEqual([]);
    expect(await lineOf(world.database, 1)).toBeNull();
  });
});

test('a better proof changes the bound and the gap, not the value', async () => {
  const id = await store({ value: 10, bound: 20, gap: 0.5 });
  await world.database.transaction((work) => setScheduleBound(work, { id, bound: 12.5, gap: 0.2 }));
  expect(await latestSchedule(world.database)).toMatchObject({ value: 10, bound: 12.5, gap: 0.2 });
});
