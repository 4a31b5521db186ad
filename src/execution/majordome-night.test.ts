import { afterEach, describe, expect, test } from 'vitest';
import { commandsOf } from '#agent';
import { sunAltitudeCrossing } from '#sky';
import {
  clearStage,
  currentStage,
  domeOf,
  FakeObserver,
  live,
  majordomeOf,
  modeOf,
  scheduleNow,
  setStage,
  smallUnit,
  submitPlanned,
  told,
  untilTold,
  type World,
} from '#testing';
import type { Unit } from '#unit';
import { readObservatory } from './execution-store.ts';
import { nextDarkMs } from './next-dark.ts';
import { isNewNight, NightKeeper } from './night-keeper.ts';
import { ObservatoryKeeper } from './observatory-keeper.ts';
import { readPauses } from './pauses.ts';

const NIGHT = '2026-10-12';
afterEach(clearStage);

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const FLATS = { images: 3, adu: 20_000, leastSeconds: 1, mostSeconds: 30 };
const ALL = { flats: FLATS, darks: { images: 3, seconds: [60] }, biases: { images: 5 } };

/** When the Sun is at that elevation, on its way down or up. */
function sunAt(altDeg: number, way: 'downMs' | 'upMs'): number {
  return sunAltitudeCrossing(smallUnit().site, NIGHT, altDeg)[way] ?? 0;
}

/** A Majordome of a unit that calibrates, and an observer that takes so long for everything. */
async function calibrating(startMs: number, { calibrations = ALL, seconds = 120 } = {}) {
  const stage = await setStage({ startMs });
  await stage.die();
  const world: World = { ...stage.world, unit: { ...stage.world.unit, calibrations } };
  const observer = new FakeObserver(world, seconds);
  // Ended before the Majordome and its world.
  ends.push(live(observer));
  const { reports } = stage;
  currentStage().die = live(majordomeOf(world, reports));
  return { ...stage, world, observer };
}

const count = (names: readonly string[], name: string) =>
  names.filter((one) => one === name).length;

async function moments(world: World): Promise<string[]> {
  return (await told(world, 'CalibrationsStarted')).map(({ moment }) => moment);
}

describe('calibrations', () => {
  test('are taken at dusk once, also by a next life', async () => {
    const { world, reports } = await calibrating(sunAt(-3.5, 'downMs'));
    await world.pass(400);
    const stage = currentStage();
    await stage.die();
    stage.die = live(majordomeOf(world, reports));
    await world.pass(400);
    expect(await moments(world)).toEqual(['dusk']);
    expect(await readObservatory(world.database)).toMatchObject({ calibrated: 'dusk' });
  });

  test('give way to science when it is dark', async () => {
    const { world, observer } = await calibrating(sunAt(-11.8, 'downMs'), { seconds: 3000 });
    await world.pass(100);
    expect(await moments(world)).toEqual(['dusk']);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(120);
    expect(observer.begun.slice(-2)).toEqual(['calibrate', 'run_sequence']);
  });

  test('end when it rains, and the dome closes at once', async () => {
    const { world, safety } = await calibrating(sunAt(-4, 'downMs'), { seconds: 3000 });
    await world.pass(100);
    Object.assign(safety, { safe: false, reasons: ['rain 9 mm/h'] });
    await world.pass(50);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(await told(world, 'CalibrationsEnded')).toMatchObject([{ reason: 'aborted' }]);
  });

  test('are taken at dawn and, once closed and parked, in the dark; then the night is over', async () => {
    const { world, reports } = await calibrating(sunAt(-6, 'upMs'));
    await world.pass(2400);
    expect(await moments(world)).toEqual(['dawn', 'dawn']);
    expect(reports).toEqual([NIGHT]);
    const facts = await told(world, 'NightEnded');
    expect(facts).toHaveLength(1);
    expect(await readObservatory(world.database)).toMatchObject({ calibrated: 'dawn,closed' });
  });

  test('are not asked of a unit that wants none', async () => {
    const none = {} as typeof ALL;
    const { world } = await calibrating(sunAt(-4, 'downMs'), { calibrations: none });
    await world.pass(200);
    expect(await moments(world)).toEqual([]);
  });
});

describe('dawn in the middle of a sequence (F60)', () => {
  test('stops it at the end of the dark, and closes before the Sun is too high', async () => {
    const none = {} as typeof ALL;
    const startMs = sunAt(-12.5, 'upMs');
    const { world, observer } = await calibrating(startMs, { calibrations: none, seconds: 7200 });
    await world.pass(60);
    await scheduleNow(world, await submitPlanned(world));
    await untilTold(world, 'SequenceEnded', 600);
    expect(world.clock.now()).toBeGreaterThan(sunAt(-12, 'upMs') - 5000);
    expect(world.clock.now()).toBeLessThan(sunAt(-12, 'upMs') + 10_000);
    await world.pass((sunAt(-3, 'upMs') - world.clock.now()) / 1000 + 50);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(count(observer.begun, 'run_sequence')).toBe(1);
  });
});

describe('a site where the Sun does not set', () => {
  const SUMMER = Date.UTC(2026, 5, 21, 0);
  const svalbard = (unit: Unit): Unit => ({
    ...unit,
    site: { ...unit.site, latDeg: 78.2, lonDeg: 15.6 },
  });

  test('has nights without a dark hour: nothing opens, and daylight is the reason (F42)', async () => {
    const stage = await setStage({ startMs: SUMMER });
    await stage.die();
    const world = { ...stage.world, unit: svalbard(stage.world.unit) };
    currentStage().die = live(majordomeOf(world, stage.reports));
    await world.pass(600);
    expect(await modeOf(world)).toBe('STANDBY');
    expect(await told(world, 'DomeOpening')).toEqual([]);
    expect(await told(world, 'NightStarted')).toMatchObject([{ sunsetAt: null, sunriseAt: null }]);
    const row = await readObservatory(world.database);
    expect(readPauses(row?.pauses ?? '')).toMatchObject([{ kind: 'daylight', earliestEnd: null }]);
    expect(world.errors).toEqual([]);
  });

  test('has no next dark hour', () => {
    expect(nextDarkMs(svalbard(smallUnit()), SUMMER)).toBeNull();
    expect(nextDarkMs(smallUnit(), SUMMER)).toBeGreaterThan(SUMMER);
  });
});

describe('where the Sun does not rise', () => {
  test('a night is over at noon only, however long the clock runs', async () => {
    const { world } = await setStage({ before: { speaking: false } });
    const transact = world.database.transaction.bind(world.database) as never;
    const keeper = new ObservatoryKeeper({
      database: world.database,
      clock: world.clock,
      transact,
    });
    const unit = { ...world.unit, site: { ...world.unit.site, latDeg: 78.2, lonDeg: 15.6 } };
    const nights = new NightKeeper({ unit, keeper, report: async () => '' });
    await keeper.exclusive(() =>
      world.database.transaction((work) =>
        keeper.apply(work as never, async () => ({ night: '2026-12-20', night_ack: 1 })),
      ),
    );
    expect(nights.isOver(Date.UTC(2026, 11, 21, 9))).toBe(false);
  });
});

describe('the name of the night', () => {
  test('is kept by a clock that is set back over noon (F41)', () => {
    expect(isNewNight('2026-10-13', '2026-10-12')).toBe(false);
    expect(isNewNight('2026-10-12', '2026-10-13')).toBe(true);
    expect(isNewNight('', '2026-10-12')).toBe(true);
  });

  test('is given up when the clock that gave it was days ahead', () => {
    expect(isNewNight('2027-01-01', '2026-10-12')).toBe(true);
  });
});

test('an observer that does not begin what it was told is named as the reason', async () => {
  const { world } = await setStage();
  await world.pass(60);
  await scheduleNow(world, await submitPlanned(world));
  await world.pass(60);
  const row = await readObservatory(world.database);
  expect(readPauses(row?.pauses ?? '')).toMatchObject([{ kind: 'hardware', key: 'observer' }]);
  const where = { recipient: 'Observer', states: ['PENDING'] as const };
  expect(await commandsOf(world.database, where)).toHaveLength(1);
});
