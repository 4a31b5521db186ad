import { afterEach, beforeEach, expect, test } from 'vitest';

import { readSequence } from '#request';
import {
  album,
  allFacts,
  command,
  type FakeSafety,
  fakeSafety,
  live,
  makeObserver,
  makeWorld,
  moveStatus,
  openTheDome,
  saySim,
  submitPlanned,
  told,
  untilTold,
  type World,
} from '#testing';
import { plan } from '../planner.ts';
import { nothingKnown, remember } from './observatory-memory.ts';
import { nightHours, planInputOf } from './plan-input.ts';

const PLACES = [
  { name: 'East', raDeg: 20, decDeg: 30 },
  { name: 'West', raDeg: 310, decDeg: 50 },
];

let world: World;
let safety: FakeSafety;
let die: () => Promise<void>;

beforeEach(async () => {
  world = await makeWorld();
  safety = fakeSafety(world);
  await openTheDome(world);
  die = live(makeObserver(world));
});

afterEach(async () => {
  safety.stop();
  await die();
  await world.close();
});

async function submitAt(index: number): Promise<number> {
  const target = PLACES[index % 2];
  if (!target) throw new Error('no target');
  const albums = [album('NIR', 'J', { images: 1, exposureSeconds: 5 })];
  return await submitPlanned(world, { name: `Hop ${index}`, target, albums, durationSeconds: 30 });
}

async function observe(sequenceId: number): Promise<void> {
  await command(world, 'Observer', { name: 'run_sequence', payload: { sequenceId } });
  await untilTold(world, 'SequenceEnded');
}

/** When the planner, knowing what the facts tell, lets a sequence begin; and what it adds before. */
async function planned(sequenceId: number) {
  const sequence = await readSequence(world.database, sequenceId);
  const hours = nightHours(world.unit, '2026-10-12');
  if (!sequence || !hours.dark) throw new Error('nothing to plan');
  const { entries } = plan(
    planInputOf({
      unit: world.unit,
      hours: { ...hours, dark: hours.dark },
      nowMs: world.clock.now(),
      waiting: [{ ...sequence, priority: 1, isAlert: true }],
      running: null,
      quotas: new Map(),
      memory: (await allFacts(world)).reduce(remember, nothingKnown),
      previousMs: new Map(),
    }),
  );
  const [entry] = entries;
  if (!entry) throw new Error('no place in the plan');
  return entry;
}

/** Seconds from the planned start to the first exposure; positive: it came late. */
async function lateness(index: number): Promise<{ overheadSeconds: number; lateSeconds: number }> {
  const id = await submitAt(index);
  const { startMs, overheadSeconds } = await planned(id);
  await moveStatus(world, id, 'PLANNED');
  await observe(id);
  const started = (await allFacts(world)).findLast((fact) => fact.type === 'ExposureStarted');
  return { overheadSeconds, lateSeconds: (Date.parse(started?.at ?? '') - startMs) / 1000 };
}

test('after some slews of a mount that is 1.5 times slower, plans reckon with it and are met', async () => {
  const [mount] = world.unit.mounts;
  if (!mount) throw new Error('no mount');
  await saySim(world, mount, 'SIM SET slow 1.5');
  await observe(await submitAt(0));
  const before = await lateness(1);
  for (const index of [2, 3, 4, 5]) await observe(await submitAt(index));
  const after = await lateness(6);
  expect((await told(world, 'SlewEnded')).every((slew) => slew.plannedSeconds)).toBe(true);
  expect(after.overheadSeconds).toBeGreaterThan(before.overheadSeconds + 2);
  expect(before.lateSeconds).toBeGreaterThan(3);
  expect(Math.abs(after.lateSeconds)).toBeLessThan(3);
});
