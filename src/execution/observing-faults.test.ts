import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHeader } from '#fits';
import {
  album,
  cameraOf,
  closeTheDome,
  command,
  type FakeSafety,
  fakeSafety,
  live,
  makeObserver,
  makeWorld,
  openTheDome,
  saySim,
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

async function images() {
  return await imagesOfNight(world.database, NIGHT);
}

/** A sequence of long exposures on both channels, which have just begun. */
async function exposing(seconds = 120): Promise<number> {
  const long = { images: 2, exposureSeconds: seconds };
  const albums = [album('VIS', 'r', long), album('NIR', 'J', long)];
  const id = await submitPlanned(world, { albums });
  await run(id);
  await untilTold(world, 'ExposureStarted');
  return id;
}

async function fault(device: 'dome' | 'mount' | 'VIS' | 'NIR', order: string): Promise<void> {
  const { dome, mounts, channels } = world.unit;
  const channel = channels.find((one) => one.alias === device);
  const spec = device === 'dome' ? dome : device === 'mount' ? mounts[0] : channel;
  if (!spec) throw new Error(`no ${device}`);
  const answer = await saySim(world, spec, `SIM ${order}`);
  if (!answer.startsWith('OK')) throw new Error(answer);
}

function headerOf(path: string): Map<string, unknown> {
  const { cards } = readHeader(readFileSync(join(world.dataFolder, path)));
  return new Map(cards.map(({ keyword, value }) => [keyword, value]));
}

describe('during an exposure', () => {
  test('rain ends it within 2 s; what was exposed is kept, flagged, and counts for nothing (F1)', async () => {
    const id = await exposing();
    await world.pass(30);
    Object.assign(safety, { safe: false, reasons: ['rain 2 mm/h is above 0.1 mm/h'] });
    await world.pass(4);
    const lost = await images();
    expect(lost.map((row) => row.state)).toEqual(['ABORTED', 'ABORTED']);
    expect(lost[0]?.reason).toContain('rain 2 mm/h');
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    await world.pass(60);
    for (const row of await images()) {
      expect(row).toMatchObject({ state: 'ABORTED', flags: '["cut"]' });
      expect(row.seconds).toBeGreaterThan(28);
      expect(row.seconds).toBeLessThan(40);
      expect(headerOf(row.path).get('FLAGS')).toBe('cut');
    }
    expect(await told(world, 'ImageTaken')).toEqual([]);
    expect(await told(world, 'SequenceRequeued')).toEqual([]);
  });

  test('silence about safety ends it once the last word is too old (F3)', async () => {
    await exposing();
    safety.speaking = false;
    await world.pass(world.unit.plc.maxAgeSeconds + 5);
    expect((await images()).map((row) => row.state)).toEqual(['ABORTED', 'ABORTED']);
  });

  test('a dome that closes ends it within 2 s (F20)', async () => {
    await exposing();
    await closeTheDome(world);
    await world.pass(2.5);
    expect((await images())[0]).toMatchObject({ state: 'ABORTED' });
    expect((await told(world, 'SequenceEnded'))[0]).toMatchObject({ outcome: 'INTERRUPTED' });
  });

  test('a mount that stops ends it, and the sequence is planned again (F17)', async () => {
    const id = await exposing();
    const [mount] = world.unit.mounts;
    await saySim(world, mount ?? world.unit.dome, 'DO STOP');
    await world.pass(5);
    expect((await images()).map((row) => row.state)).toEqual(['FAILED', 'FAILED']);
    expect(await told(world, 'SequenceRequeued')).toMatchObject([{ sequenceId: id, failures: 1 }]);
  });

  test('the slit follows the telescope', async () => {
    world.unit.dome.slitToleranceDeg = 1;
    await exposing(900);
    await world.pass(880);
    expect((await images()).map((row) => row.state)).toEqual(['EXPOSING', 'EXPOSING']);
  });

  test('an abort that asks for it keeps what was exposed', async () => {
    await exposing();
    await world.pass(20);
    const payload = { reason: 'an alert takes the telescope', exposures: 'readout' };
    await command(world, 'Observer', { name: 'abort', payload });
    await world.pass(1);
    expect((await told(world, 'SequenceEnded'))[0]?.reason).toBe(
      'aborted by Majordome: an alert takes the telescope',
    );
    await world.pass(30);
    expect((await images()).every((row) => row.path !== '')).toBe(true);
  });

  test('an abort that asks nothing discards it', async () => {
    await exposing();
    await world.pass(20);
    await command(world, 'Observer', { name: 'abort', payload: 'stop' });
    await world.pass(30);
    expect((await images()).every((row) => row.path === '')).toBe(true);
  });
});

describe('a camera', () => {
  const one = { albums: [album('VIS', 'r', { images: 1 })] };

  test('that hangs is reset, and its image is taken again; the other channel goes on (F24)', async () => {
    await fault('VIS', 'SET hangs');
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'ExposureLost', 120);
    await fault('VIS', 'CLEAR hangs');
    await untilTold(world, 'SequenceEnded');
    const states = (await images()).map((row) => `${row.channel} ${row.state}`).sort();
    expect(states).toEqual(['NIR TAKEN', 'NIR TAKEN', 'VIS FAILED', 'VIS TAKEN', 'VIS TAKEN']);
    expect(await statusOf(world, id)).toBe('DONE');
  });

  test.each(['truncated', 'corrupt', 'forgets'])(
    'whose images are %s never has one TAKEN (F25)',
    async (name) => {
      await fault('VIS', `SET ${name}`);
      const id = await submitPlanned(world, one);
      await run(id);
      await untilTold(world, 'SequenceEnded');
      expect((await images()).map((row) => row.state)).toEqual(['FAILED', 'FAILED', 'FAILED']);
      expect(await told(world, 'ImageTaken')).toEqual([]);
      expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    },
  );

  test('whose wheel is stuck exposes through no other filter (F57)', async () => {
    await fault('VIS', 'SET wheel-stuck');
    const id = await submitPlanned(world, { albums: [album('VIS', 'z', { images: 1 })] });
    await run(id);
    await untilTold(world, 'SequenceEnded');
    expect(await told(world, 'ExposureStarted')).toEqual([]);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
  });

  test('whose wheel turns by itself during an exposure loses that image (F57)', async () => {
    const id = await submitPlanned(world, {
      albums: [album('VIS', 'r', { images: 1, exposureSeconds: 60 })],
    });
    await fault('VIS', 'SET wheel-moves');
    await run(id);
    await untilTold(world, 'ExposureLost', 120);
    expect((await images())[0]).toMatchObject({ state: 'FAILED' });
  });
});

describe('before the first exposure', () => {
  test('a slit that stalls does not cost the images, which say so (F19)', async () => {
    await fault('dome', 'SET slit-stalls');
    const target = { name: 'Low in the south', raDeg: 345, decDeg: -5 };
    await run(await submitPlanned(world, { target, albums: [album('VIS', 'r', { images: 1 })] }));
    await untilTold(world, 'SequenceEnded');
    expect(await told(world, 'ImageTaken')).toMatchObject([{ flags: ['vignetted'] }]);
    expect(await told(world, 'AlarmRaised')).toMatchObject([{ key: 'dome slit', count: 1 }]);
  });

  test('a mount that lost its position finds it before it is sent anywhere (F18)', async () => {
    await fault('mount', 'SET lost-position');
    await run(await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] }));
    await world.pass(1);
    expect(await told(world, 'SlewStarted')).toEqual([]);
    await untilTold(world, 'SequenceEnded');
  });

  test('nothing moves a shutter while nothing is heard of safety (F11)', async () => {
    safety.speaking = false;
    await world.pass(60);
    const id = await submitPlanned(world);
    await run(id);
    await untilTold(world, 'SequenceEnded');
    expect(await images()).toEqual([]);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
  });
});

test('F16 a telescope that lies about its park, and does not move home either, is not parked', async () => {
  await fault('mount', 'SET lies-about-park');
  await run(await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] }));
  await untilTold(world, 'SequenceEnded');
  await fault('mount', 'SET stalls');
  await command(world, 'Observer', { name: 'park', payload: {} });
  await world.pass(200);
  expect(await told(world, 'TelescopeParked')).toEqual([]);
});

test('the header tells what was measured', async () => {
  await run(await submitPlanned(world, { albums: [album('VIS', 'r', { images: 1 })] }));
  await untilTold(world, 'SequenceEnded');
  const [image] = await told(world, 'ImageTaken');
  const header = headerOf(image?.path ?? '');
  const { setpointC } = await cameraOf(world, 'VIS').status();
  expect(header.get('FILTER')).toBe('r');
  expect(header.get('OBSERVER')).toBe('somebody');
  expect(header.get('CCD-SET') ?? null).toBe(setpointC);
  expect(header.get('DOMEAZ')).toEqual(expect.any(Number));
  expect(header.get('AMSTART')).toBeCloseTo(Number(header.get('AMEND')), 2);
  expect(header.has('FLAGS')).toBe(false);
});
