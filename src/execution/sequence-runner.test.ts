import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCommand } from '#agent';
import { readSequence, readSpending } from '#request';
import { placeOf, separationDeg } from '#sky';
import {
  album,
  allFacts,
  cameraOf,
  cancel,
  closeTheDome,
  command,
  type FakeSafety,
  fakeSafety,
  live,
  makeObserver,
  makeWorld,
  moveStatus,
  openTheDome,
  statusOf,
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

function addressOf(alias: string) {
  const channel = world.unit.channels.find((one) => one.alias === alias);
  if (!channel) throw new Error(`no channel ${alias}`);
  return channel.address;
}

const FOUR = ['NIR J 1', 'NIR J 2', 'VIS r 1', 'VIS r 2'];

describe('a whole sequence', () => {
  test('takes every image of both channels and is DONE', async () => {
    const id = await submitPlanned(world);
    const order = await run(id);
    await untilTold(world, 'SequenceEnded');
    expect(await taken()).toEqual(FOUR);
    expect(await statusOf(world, id)).toBe('DONE');
    expect(await told(world, 'SequenceEnded')).toMatchObject([{ outcome: 'DONE', images: 4 }]);
    expect(await readCommand(world.database, order)).toMatchObject({
      state: 'EXECUTED',
      result: 'DONE: 4 images',
    });
  });

  test('tells its story in order', async () => {
    await run(await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] }));
    await untilTold(world, 'SequenceEnded');
    const story = (await allFacts(world)).filter((fact) => fact.agent === 'Observer');
    expect(story.map((fact) => fact.type)).toEqual([
      'AgentStarted',
      'SequenceStarted',
      'SlewStarted',
      'SlewEnded',
      'ExposureStarted',
      'OverheadMeasured',
      'ImageTaken',
      'SequenceEnded',
    ]);
  });

  test('leaves one file for each image, as its row and its fact say', async () => {
    await run(await submitPlanned(world));
    await untilTold(world, 'SequenceEnded');
    const rows = await images();
    for (const row of rows) {
      const bytes = readFileSync(join(world.dataFolder, row.path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(row.sha256);
      expect(bytes.length).toBe(row.bytes);
    }
    const files = readdirSync(join(world.dataFolder, 'nights', NIGHT, 'images'));
    expect(files).toHaveLength(rows.length);
    const facts = await told(world, 'ImageTaken');
    expect(facts.map((fact) => fact.sha256).sort()).toEqual(rows.map((row) => row.sha256).sort());
  });

  test('that is DONE already is not observed again', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'SequenceEnded');
    const again = await run(id);
    await world.pass(60);
    expect(await readCommand(world.database, again)).toMatchObject({ state: 'EXECUTED' });
    expect(await told(world, 'SequenceStarted')).toHaveLength(1);
    expect(await images()).toHaveLength(4);
  });

  test('that is not known is refused with its number', async () => {
    const order = await run(999);
    await world.pass(2);
    expect(await readCommand(world.database, order)).toMatchObject({
      state: 'FAILED',
      errorCode: 'SEQUENCE_UNKNOWN',
    });
  });
});

describe('an abort in mid-exposure', () => {
  test('gives each exposure its end and the sequence back to the planner', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await world.pass(6);
    await command(world, 'Observer', { name: 'abort', payload: 'rain' });
    await world.pass(2);
    expect((await images()).map((row) => row.state)).toEqual(['ABORTED', 'ABORTED']);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    expect(await told(world, 'SequenceEnded')).toMatchObject([
      { outcome: 'INTERRUPTED', reason: 'aborted by Majordome: rain' },
    ]);
  });

  test('costs only what was under way: the rest is taken later, each image once', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ImageTaken');
    await command(world, 'Observer', { name: 'abort', payload: '' });
    await world.pass(2);
    await moveStatus(world, id, 'PLANNED');
    await run(id);
    await untilTold(world, 'SequenceEnded');
    expect(await taken()).toEqual(FOUR);
    expect(await statusOf(world, id)).toBe('DONE');
  });
});

describe('a sequence that is withdrawn', () => {
  test('while it runs stays CANCELLED, with the reason of who withdrew it', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await cancel(world, id, 'not a burst');
    await command(world, 'Observer', { name: 'abort', payload: 'it was withdrawn' });
    await world.pass(5);
    expect(await statusOf(world, id)).toBe('CANCELLED');
    expect(await told(world, 'SequenceEnded')).toMatchObject([
      { outcome: 'CANCELLED', reason: 'not a burst', images: 0 },
    ]);
    expect(world.errors).toEqual([]);
  });

  test('during its last exposure stays CANCELLED although all was taken', async () => {
    const id = await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] });
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await cancel(world, id, 'not a burst');
    await untilTold(world, 'SequenceEnded');
    expect(await told(world, 'SequenceEnded')).toMatchObject([{ outcome: 'CANCELLED', images: 1 }]);
  });

  test('before it begins never moves the telescope', async () => {
    const id = await submitPlanned(world);
    await cancel(world, id, 'not a burst');
    await run(id);
    await world.pass(5);
    expect(await told(world, 'SlewStarted')).toEqual([]);
    expect(await statusOf(world, id)).toBe('CANCELLED');
  });

  test('while the observer is dead leaves no exposure without an end', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await die();
    await cancel(world, id, 'not a burst');
    die = live(makeObserver(world));
    await world.pass(5);
    const rows = await images();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['ABORTED']));
    expect(await told(world, 'SequenceEnded')).toMatchObject([{ outcome: 'CANCELLED' }]);
  });
});

describe('a camera that fails', () => {
  test('ends its own channel only: the other one goes on, and the rest is planned again', async () => {
    const id = await submitPlanned(world, {
      albums: [album('VIS', 'r', { images: 3 }), album('NIR', 'J')],
    });
    await run(id);
    await untilTold(world, 'ExposureStarted');
    world.network.unplug(addressOf('NIR'));
    await untilTold(world, 'SequenceEnded');
    expect(await taken()).toEqual(['VIS r 1', 'VIS r 2', 'VIS r 3']);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    expect(await told(world, 'SequenceRequeued')).toMatchObject([{ sequenceId: id, failures: 1 }]);
    expect(await told(world, 'DeviceFailed')).toMatchObject([
      { device: 'NIR', code: 'DEVICE_UNREACHABLE' },
    ]);
  });

  test('for a moment costs one try: the image is taken under another name', async () => {
    const id = await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] });
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await cameraOf(world, 'VIS').abort();
    await untilTold(world, 'SequenceEnded');
    const rows = await images();
    expect(rows.map((row) => row.state)).toEqual(['FAILED', 'TAKEN']);
    expect(new Set(rows.map((row) => row.exposure_id)).size).toBe(2);
    expect(await statusOf(world, id)).toBe('DONE');
    expect(await told(world, 'DeviceFailed')).toEqual([]);
  });

  test('whenever it is tried gives the sequence up at the third time, at no cost', async () => {
    const id = await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] });
    world.network.unplug(addressOf('VIS'));
    for (const status of ['TOBEPLANNED', 'TOBEPLANNED', 'FAILED']) {
      await run(id);
      await untilTold(world, 'SequenceEnded');
      expect(await statusOf(world, id)).toBe(status);
      if (status !== 'FAILED') await moveStatus(world, id, 'PLANNED');
    }
    expect((await images()).every((row) => row.state === 'FAILED')).toBe(true);
    const charged = await readSpending(world.database, ['EXECUTING', 'DONE', 'PARTIAL']);
    expect([...charged.values()]).toEqual([]);
  });
});

test('a mount that does not answer is named, and the sequence is planned again', async () => {
  const id = await submitPlanned(world);
  const [mount] = world.unit.mounts;
  if (mount) world.network.unplug(mount.address);
  await run(id);
  await untilTold(world, 'SequenceEnded');
  expect(await told(world, 'DeviceFailed')).toMatchObject([
    { device: 'VirtualMount', code: 'DEVICE_UNREACHABLE' },
  ]);
  expect(await statusOf(world, id)).toBe('TOBEPLANNED');
});

test('a dome that closes under the sequence ends its exposures at once', async () => {
  const id = await submitPlanned(world);
  await run(id);
  await untilTold(world, 'ExposureStarted');
  await world.pass(4);
  await closeTheDome(world);
  await world.pass(3);
  expect(await told(world, 'SequenceEnded')).toMatchObject([{ outcome: 'INTERRUPTED', images: 0 }]);
  expect((await images()).map((row) => row.state)).toEqual(['ABORTED', 'ABORTED']);
  expect(await statusOf(world, id)).toBe('TOBEPLANNED');
});

test('a target that will sink below the limit of the mount is not begun', async () => {
  const id = await submitPlanned(world, {
    target: { name: 'Low', raDeg: 345, decDeg: -36 },
    limits: { minAltDeg: -90 },
    albums: [album('VIS', 'r', { images: 1, exposureSeconds: 3600 })],
  });
  world.unit.horizon.splice(0);
  await run(id);
  await untilTold(world, 'SequenceRefused');
  expect(await images()).toEqual([]);
  expect(await statusOf(world, id)).toBe('TOBEPLANNED');
});

describe('at the moment to start', () => {
  test('a target that will sink below its limit goes back to the planner, with the reason', async () => {
    const id = await submitPlanned(world, {
      target: { name: 'Setting', raDeg: 290, decDeg: 10 },
      albums: [album('VIS', 'r', { images: 30, exposureSeconds: 300 })],
    });
    const order = await run(id);
    await untilTold(world, 'SequenceRefused');
    const [{ reason = '' } = {}] = await told(world, 'SequenceRefused');
    expect(reason).toMatch(/^it stands \d+\.\d° high at \d\d:\d\d UTC, below its limit of/);
    expect(await readSequence(world.database, id)).toMatchObject({ status: 'TOBEPLANNED', reason });
    expect(await told(world, 'SlewStarted')).toEqual([]);
    expect(await readCommand(world.database, order)).toMatchObject({ state: 'EXECUTED' });
  });

  test('a window that ends too soon is respected', async () => {
    const id = await submitPlanned(world, {
      windowEndMs: world.clock.now() + 60_000,
      albums: [album('VIS', 'r', { images: 1, exposureSeconds: 600 })],
    });
    await run(id);
    await untilTold(world, 'SequenceRefused');
    expect(await told(world, 'SequenceRefused')).toMatchObject([
      { sequenceId: id, reason: expect.stringContaining('its window ends at 22:01 UTC') },
    ]);
  });

  test('a telescope that comes before the window waits for it on the target', async () => {
    const windowStartMs = world.clock.now() + 300_000;
    await run(await submitPlanned(world, { windowStartMs }));
    await untilTold(world, 'ImageTaken');
    const starts = (await told(world, 'ImageTaken')).map((image) => Date.parse(image.startAt));
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(windowStartMs);
  });

  test('a body of the solar system is looked for where it then stands', async () => {
    const path = { kind: 'BODY' as const, body: 'Saturn' as const };
    await run(await submitPlanned(world, { path }));
    await untilTold(world, 'SlewStarted');
    const saturn = placeOf(path, world.unit.site, world.clock.now());
    const [{ raDeg = 0, decDeg = 0 } = {}] = await told(world, 'SlewStarted');
    expect(separationDeg({ raDeg, decDeg }, saturn)).toBeLessThan(0.01);
  });
});

test('a shortened sequence begins nothing that would end after its slot, and is PARTIAL', async () => {
  const id = await submitPlanned(world, {
    albums: [album('VIS', 'r', { images: 20, exposureSeconds: 30 })],
  });
  const endMs = world.clock.now() + 300_000;
  const payload = { sequenceId: id, endAt: new Date(endMs).toISOString() };
  await command(world, 'Observer', { name: 'run_sequence', payload });
  await untilTold(world, 'SequenceEnded');
  expect(world.clock.now()).toBeLessThanOrEqual(endMs + 2000);
  const [end] = await told(world, 'SequenceEnded');
  expect(end).toMatchObject({ outcome: 'PARTIAL', reason: expect.stringContaining('until 22:0') });
  expect(end?.images).toBeGreaterThan(3);
});

describe('an observer that dies in mid-exposure', () => {
  test('is taken over: no image is lost and none is doubled', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await world.pass(4);
    await die();
    expect(await statusOf(world, id)).toBe('EXECUTING');
    await world.pass(3);
    die = live(makeObserver(world));
    await untilTold(world, 'SequenceEnded');
    expect(await taken()).toEqual(FOUR);
    expect(await images()).toHaveLength(4);
    expect(await told(world, 'SequenceStarted')).toHaveLength(1);
    expect(await statusOf(world, id)).toBe('DONE');
  });

  test('while its camera loses the exposure: that one FAILED, and is taken again', async () => {
    const id = await submitPlanned(world, { albums: [album('VIS', 'r', { images: 2 })] });
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await die();
    await cameraOf(world, 'VIS').abort();
    die = live(makeObserver(world));
    await untilTold(world, 'SequenceEnded');
    expect((await images()).map((row) => row.state).sort()).toEqual(['FAILED', 'TAKEN', 'TAKEN']);
    expect(await taken()).toEqual(['VIS r 1', 'VIS r 2']);
  });

  test('and is told to stop meanwhile gives its exposures their end', async () => {
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureStarted');
    await die();
    await command(world, 'Observer', { name: 'abort', payload: 'rain' });
    die = live(makeObserver(world));
    await world.pass(30);
    expect((await images()).filter((row) => row.state === 'EXPOSING')).toEqual([]);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
  });
});
