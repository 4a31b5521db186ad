import { beforeEach, expect, test } from 'vitest';
import { makeWorld, moveStatus, statusOf, submit, type World } from '#testing';
import { type PlanningVerdict, setPlanningVerdicts, statusesIn } from './planning-verdict-store.ts';
import { readSequence } from './request-store.ts';

let world: World;

beforeEach(async () => {
  world = await makeWorld();
});

async function decide(...verdicts: PlanningVerdict[]): Promise<void> {
  await world.database.transaction((work) => setPlanningVerdicts(work, verdicts));
}

test('each sequence gets its status and its own reason', async () => {
  const [a, b, c] = [await submit(world), await submit(world), await submit(world)];
  await decide(
    { id: a, to: 'PLANNED', reason: '' },
    { id: b, to: 'UNPLANNABLE', reason: 'too low' },
    { id: c, to: 'UNPLANNABLE', reason: 'too "near" the Moon' },
  );
  expect(await readSequence(world.database, a)).toMatchObject({ status: 'PLANNED', reason: '' });
  expect(await readSequence(world.database, b)).toMatchObject({ reason: 'too low' });
  expect(await readSequence(world.database, c)).toMatchObject({
    status: 'UNPLANNABLE',
    reason: 'too "near" the Moon',
  });
});

test('the reason of one that stays unplannable is renewed', async () => {
  const id = await submit(world);
  await decide({ id, to: 'UNPLANNABLE', reason: 'outbid by A' });
  await decide({ id, to: 'UNPLANNABLE', reason: 'outbid by B' });
  expect((await readSequence(world.database, id))?.reason).toBe('outbid by B');
});

test('what was withdrawn, deleted or begun meanwhile stays as it is', async () => {
  const [gone, runs] = [await submit(world), await submit(world)];
  await moveStatus(world, gone, 'CANCELLED');
  await moveStatus(world, runs, 'PLANNED');
  await moveStatus(world, runs, 'EXECUTING');
  await decide(
    { id: gone, to: 'PLANNED', reason: '' },
    { id: runs, to: 'TOBEPLANNED', reason: '' },
    { id: 999, to: 'PLANNED', reason: '' },
  );
  expect(await statusOf(world, gone)).toBe('CANCELLED');
  expect(await statusOf(world, runs)).toBe('EXECUTING');
});

test('statuses are told without reading what the sequences are', async () => {
  const [a, b] = [await submit(world), await submit(world)];
  await moveStatus(world, b, 'CANCELLED');
  expect(await statusesIn(world.database, ['TOBEPLANNED', 'PLANNED'])).toEqual(
    new Map([[a, 'TOBEPLANNED']]),
  );
});
