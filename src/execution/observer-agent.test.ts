import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendFact, readCommand } from '#agent';
import { moveTarget } from '#request';
import {
  album,
  allFacts,
  command,
  type FakeSafety,
  fakeSafety,
  HIGH_TARGET,
  live,
  makeObserver,
  makeWorld,
  openTheDome,
  submitPlanned,
  told,
  untilTold,
  type World,
} from '#testing';
import { imagesOfNight } from './execution-store.ts';

const NIGHT = '2026-10-12';
let world: World;
let die: () => Promise<void>;
let safety: FakeSafety;

beforeEach(async () => {
  world = await makeWorld();
  safety = fakeSafety(world);
  die = live(makeObserver(world));
  await openTheDome(world);
});

afterEach(async () => {
  safety.stop();
  await die();
  await world.close();
});

async function run(sequenceId: number): Promise<number> {
  return await command(world, 'Observer', { name: 'run_sequence', payload: { sequenceId } });
}

async function images(): Promise<Awaited<ReturnType<typeof imagesOfNight>>> {
  return await imagesOfNight(world.database, NIGHT);
}

/** Each image once, whatever was tried before. */
async function taken(): Promise<string[]> {
  const rows = (await images()).filter((row) => row.state === 'TAKEN');
  return rows.map((row) => `${row.channel} ${row.filter} ${row.number}`).sort();
}

const FOUR = ['NIR J 1', 'NIR J 2', 'VIS r 1', 'VIS r 2'];

describe('a target that moves', () => {
  const better = { raDeg: 350, decDeg: 42 };

  async function refine(sequenceId: number): Promise<void> {
    await world.database.transaction(async (work) => {
      await moveTarget(work, { id: sequenceId, ...better });
      const payload = { sequenceId, name: 'High', ...better, alertId: 1 };
      await appendFact(work, {
        atMs: world.clock.now(),
        agent: 'AlertListener',
        type: 'TargetMoved',
        payload,
      });
    });
  }

  test('during the slew re-points the telescope in flight, with one arrival', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'SlewStarted');
    await refine(id);
    await untilTold(world, 'SequenceEnded');
    expect(await told(world, 'SlewStarted')).toMatchObject([HIGH_TARGET_PLACE, better]);
    expect(await told(world, 'SlewEnded')).toHaveLength(1);
    expect(await taken()).toEqual(FOUR);
  });

  test('during the exposures moves the telescope between two of them', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await refine(id);
    await untilTold(world, 'SequenceEnded');
    const types = (await allFacts(world)).map((fact) => fact.type);
    const second = types.lastIndexOf('SlewStarted');
    const arrived = types.lastIndexOf('SlewEnded');
    expect(await told(world, 'SlewStarted')).toHaveLength(2);
    // Both exposures under way are over before the mount moves, and none begins until it has arrived.
    expect(types.slice(0, second).filter((type) => type === 'ImageTaken')).toHaveLength(2);
    expect(types.slice(second, arrived)).not.toContain('ExposureStarted');
    expect(await taken()).toEqual(FOUR);
  });

  test('of another sequence changes nothing', async () => {
    const other = await submitPlanned(world);
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await refine(other);
    await untilTold(world, 'SequenceEnded');
    expect(await told(world, 'SlewStarted')).toHaveLength(1);
  });
});

const HIGH_TARGET_PLACE = { raDeg: HIGH_TARGET.raDeg, decDeg: HIGH_TARGET.decDeg };

describe('the observer', () => {
  test('parks on command and tells it', async () => {
    await run(await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] }));
    await untilTold(world, 'SequenceEnded');
    const order = await command(world, 'Observer', { name: 'park', payload: {} });
    await untilTold(world, 'TelescopeParked');
    await world.pass(1);
    expect(await readCommand(world.database, order)).toMatchObject({ result: 'parked' });
  });

  test('refuses a payload without a sequence', async () => {
    const order = await command(world, 'Observer', { name: 'run_sequence', payload: { id: 1 } });
    await world.pass(1);
    expect(await readCommand(world.database, order)).toMatchObject({
      errorCode: 'COMMAND_PAYLOAD',
    });
  });

  test('refuses a command that it does not know', async () => {
    const order = await command(world, 'Observer', { name: 'dance', payload: {} });
    await world.pass(1);
    expect(await readCommand(world.database, order)).toMatchObject({
      errorCode: 'COMMAND_UNKNOWN',
    });
  });

  test('writes nothing under a temporary name', async () => {
    await run(await submitPlanned(world));
    await untilTold(world, 'SequenceEnded');
    const folder = join(world.dataFolder, 'nights', NIGHT, 'images');
    expect(existsSync(folder)).toBe(true);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.fits'))).toEqual([]);
  });
});
