import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeFits, verifyChecksums } from '#fits';
import { sunBelow } from '#sky';
import {
  makeWorld,
  observingTools,
  openTheDome,
  saySim,
  settled,
  smallUnit,
  told,
  type World,
} from '#testing';
import { CalibrationRunner } from './calibration-runner.ts';
import { calibrationsOfNight } from './calibration-store.ts';
import { medianOf } from './flat-exposure.ts';

const NIGHT = '2026-10-12';
const { site } = smallUnit();
/** When the Sun is at an elevation that evening and the next morning, UTC ms. */
const duskMs = (altDeg: number) => sunBelow(site, NIGHT, altDeg)?.startMs ?? Number.NaN;
const dawnMs = (altDeg: number) => sunBelow(site, NIGHT, altDeg)?.endMs ?? Number.NaN;

let world: World;
afterEach(() => world.close());

async function worldAt(startMs: number, dome: 'open' | 'closed' = 'open'): Promise<World> {
  world = await makeWorld({ startMs });
  if (dome === 'open') await openTheDome(world);
  return world;
}

async function calibrate(moment: 'dusk' | 'dawn', signal = new AbortController().signal) {
  const runner = new CalibrationRunner(observingTools(world), moment, signal);
  return await settled(world, runner.run(), 4 * 3600);
}

const byKind = async (kind: string) =>
  (await told(world, 'CalibrationTaken')).filter((taken) => taken.kind === kind);

const fileOf = (path: string) => readFileSync(join(world.dataFolder, path));

describe('the flats of the dusk', () => {
  test('are two in every filter of both channels, at the wanted level, before the science', async () => {
    await worldAt(duskMs(-4));
    await calibrate('dusk');
    const flats = await byKind('flat');
    const count = (channel: string, filter: string) =>
      flats.filter((one) => one.channel === channel && one.filter === filter).length;
    for (const { alias, filters } of world.unit.channels) {
      for (const { name } of filters)
        expect([alias, name, count(alias, name)]).toEqual([alias, name, 2]);
    }
    for (const { channel, path } of flats) {
      const detector = world.unit.channels.find(({ alias }) => alias === channel)?.detector;
      const { image } = decodeFits(fileOf(path));
      const level = medianOf(Uint16Array.from(image.pixels)) - (detector?.biasAdu ?? 0);
      expect(level).toBeGreaterThan(8_000);
      expect(level).toBeLessThan(36_000);
    }
    expect(world.clock.now()).toBeLessThanOrEqual(duskMs(-12));
  });

  test('go from the filter that needs most light to the one that needs least', async () => {
    await worldAt(duskMs(-4));
    await calibrate('dusk');
    const order = (await byKind('flat')).filter(({ channel }) => channel === 'VIS');
    expect([...new Set(order.map(({ filter }) => filter))]).toEqual(['y', 'z', 'i', 'r', 'g']);
  });

  test('have their kind, their filter and sums in their headers', async () => {
    await worldAt(duskMs(-4));
    await calibrate('dusk');
    const [flat] = await byKind('flat');
    const bytes = fileOf(flat?.path ?? '');
    const cards = new Map(decodeFits(bytes).cards.map(({ keyword, value }) => [keyword, value]));
    expect(cards.get('IMAGETYP')).toBe('flat');
    expect(cards.get('FILTER')).toBe(flat?.filter);
    expect(verifyChecksums(bytes)).toEqual({ data: true, unit: true });
    expect(flat?.path).toMatch(/^nights\/2026-10-12\/calibrations\/.*\.fits$/);
  });

  test('that are there already are not taken again', async () => {
    await worldAt(duskMs(-4));
    await calibrate('dusk');
    const before = (await byKind('flat')).length;
    expect(await calibrate('dusk')).toBe('0 images for calibration');
    expect(await byKind('flat')).toHaveLength(before);
  });

  test('are left out under a closed dome, which is told', async () => {
    await worldAt(duskMs(-4), 'closed');
    await calibrate('dusk');
    expect(await told(world, 'CalibrationTaken')).toEqual([]);
    expect(await told(world, 'CalibrationsEnded')).toMatchObject([
      { moment: 'dusk', images: 0, reason: 'the dome is closed' },
    ]);
  });

  test('of one channel do not depend on the camera of the other', async () => {
    await worldAt(duskMs(-4));
    const [vis] = world.unit.channels;
    if (vis) await saySim(world, vis, 'SIM SET hangs');
    await calibrate('dusk');
    const channels = (await byKind('flat')).map(({ channel }) => channel);
    expect(new Set(channels)).toEqual(new Set(['NIR']));
    expect(await told(world, 'DeviceFailed')).toMatchObject([{ device: 'VIS' }]);
    const [ended] = await told(world, 'CalibrationsEnded');
    expect(ended?.reason).toMatch(/^VIS: /);
  });

  test('end at once when they are aborted, each with its one end', async () => {
    await worldAt(duskMs(-6));
    const abort = new AbortController();
    const runner = new CalibrationRunner(observingTools(world), 'dusk', abort.signal);
    const ended = expect(runner.run()).rejects.toThrow('a burst');
    await world.pass(120);
    const beforeMs = world.clock.now();
    abort.abort(new Error('a burst'));
    await ended;
    expect(world.clock.now()).toBe(beforeMs);
    const rows = await calibrationsOfNight(world.database, NIGHT);
    expect(rows.filter(({ state }) => state === 'EXPOSING')).toEqual([]);
    expect(await told(world, 'CalibrationsEnded')).toMatchObject([{ reason: 'a burst' }]);
  });
});

describe('the flats of the dawn', () => {
  test('go from the filter that needs least light to the one that needs most', async () => {
    await worldAt(dawnMs(-12));
    await calibrate('dawn');
    const order = (await byKind('flat')).filter(({ channel }) => channel === 'VIS');
    expect([...new Set(order.map(({ filter }) => filter))]).toEqual(['g', 'r', 'i', 'z', 'y']);
  });

  test('end before the dome must be closed', async () => {
    await worldAt(dawnMs(-12));
    await calibrate('dawn');
    expect(world.clock.now()).toBeLessThan(dawnMs(-3));
    expect(await byKind('dark')).toEqual([]);
  });
});

describe('with the dome closed after dawn', () => {
  test('darks and biases are taken on both channels, the shutter closed', async () => {
    await worldAt(dawnMs(-2), 'closed');
    await calibrate('dawn');
    expect(await byKind('dark')).toHaveLength(6);
    expect(await byKind('bias')).toHaveLength(10);
    const [dark] = (await byKind('dark')).filter(({ channel }) => channel === 'VIS');
    expect(dark?.seconds).toBe(60);
    const { image } = decodeFits(fileOf(dark?.path ?? ''));
    expect(medianOf(Uint16Array.from(image.pixels))).toBeCloseTo(1000, -1);
  });

  test('what an observer that died left is ended, and the rest is taken under new names', async () => {
    await worldAt(dawnMs(-2), 'closed');
    const life = { ...observingTools(world), isStopping: () => true };
    const stop = new AbortController();
    const first = new CalibrationRunner(life, 'dawn', stop.signal).run().catch(() => undefined);
    await world.pass(100);
    stop.abort(new Error('stopped'));
    await first;
    await calibrate('dawn');
    const rows = await calibrationsOfNight(world.database, NIGHT);
    const taken = rows.filter(({ state }) => state === 'TAKEN');
    expect(taken).toHaveLength(16);
    expect(rows.filter(({ state }) => state === 'EXPOSING')).toEqual([]);
    expect(rows.some(({ state }) => state === 'FAILED')).toBe(true);
  });
});
