import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readHeader } from '#fits';
import type { Sequence } from '#request';
import { separationDeg } from '#sky';
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
  moveStatus,
  openTheDome,
  saySim,
  statusOf,
  submit,
  submitPlanned,
  told,
  untilTold,
  type World,
} from '#testing';
import type { SolverSpec, Unit } from '#unit';
import { imagesOfNight } from './execution-store.ts';
import { nightSteps } from './night-steps-registry.ts';
import { ditherOffset } from './pointing/dither.ts';
import type { PlateSolver } from './pointing/plate-solver.ts';

let world: World;
let safety: FakeSafety;
let die: () => Promise<void> = async () => undefined;

beforeEach(async () => {
  world = await makeWorld();
  safety = fakeSafety(world);
  await openTheDome(world);
});

afterEach(async () => {
  safety.stop();
  await die();
  await world.close();
});

const blind: PlateSolver = { solve: async () => ({ ok: false, reason: 'no stars' }) };
const solverSpec: SolverSpec = {
  program: '/usr/bin/solver',
  args: [],
  channel: 'VIS',
  exposureSeconds: 5,
  toleranceArcsec: 4,
  tries: 2,
  timeoutSeconds: 60,
};

function begin(changes: Partial<Unit> = {}, solver: PlateSolver = blind): void {
  const unit = { ...world.unit, ...changes };
  const steps = nightSteps(unit, { clock: world.clock, solver });
  die = live(makeObserver(world, { unit, steps }));
}

async function observe(id: number, seconds = 7200): Promise<void> {
  await command(world, 'Observer', { name: 'run_sequence', payload: { sequenceId: id } });
  await untilTold(world, 'SequenceEnded', seconds);
}

async function images() {
  const rows = await imagesOfNight(world.database, '2026-10-12');
  return rows.filter((row) => row.state === 'TAKEN');
}

function headerOf(path: string): Map<string, unknown> {
  const { cards } = readHeader(readFileSync(join(world.dataFolder, path)));
  return new Map(cards.map(({ keyword, value }) => [keyword, value]));
}

describe('an album with dithers', () => {
  const dithered: Partial<Sequence> = {
    durationSeconds: 200,
    albums: [
      { ...album('VIS', 'r', { images: 4, exposureSeconds: 20 }), ditherArcsec: 15 },
      album('NIR', 'J', { images: 8, exposureSeconds: 5 }),
    ],
  };

  test('has each image where the pattern puts its number, and the target in every header', async () => {
    begin();
    await observe(await submitPlanned(world, dithered));
    const visible = (await images()).filter(({ channel }) => channel === 'VIS');
    expect(visible).toHaveLength(4);
    for (const { path, number } of visible) {
      const header = headerOf(path);
      const { raArcsec, decArcsec } = ditherOffset(15, number);
      expect(header.get('DITHRA')).toBe(raArcsec);
      expect(header.get('DITHDEC')).toBe(decArcsec);
      expect(header.get('OBJRA')).toBe('23:00:00.00');
      const place = { raDeg: Number(header.get('RA')), decDeg: Number(header.get('DEC')) };
      const away = separationDeg(place, HIGH_TARGET) * 3600;
      expect(away).toBeCloseTo(Math.hypot(raArcsec, decArcsec), 0);
    }
  });

  test('moves the telescope while no shutter is open on any channel', async () => {
    begin();
    await observe(await submitPlanned(world, dithered));
    expect(await told(world, 'TelescopeDithered')).toHaveLength(3);
    const facts = await allFacts(world);
    const open = new Set<string>();
    for (const fact of facts) {
      if (fact.type === 'ExposureStarted') open.add(fact.payload.exposureId);
      if (fact.type === 'ImageTaken') open.delete(fact.payload.exposureId);
      if (fact.type === 'TelescopeDithered') expect([...open]).toEqual([]);
    }
  });

  test('does not keep the short exposures of the other channel waiting at each', async () => {
    begin();
    const id = await submitPlanned(world, {
      ...dithered,
      albums: [
        { ...album('VIS', 'r', { images: 3, exposureSeconds: 40 }), ditherArcsec: 15 },
        { ...album('NIR', 'J', { images: 9, exposureSeconds: 5 }), ditherArcsec: 15 },
      ],
    });
    await observe(id);
    expect(await statusOf(world, id)).toBe('DONE');
    // Two between the images of VIS; the rest of NIR, alone, asks for its own.
    const moves = await told(world, 'TelescopeDithered');
    expect(moves.length).toBeLessThan(8);
  });

  test('tells how long each move took', async () => {
    begin();
    await observe(await submitPlanned(world, dithered));
    const overheads = await told(world, 'OverheadMeasured');
    const dithers = overheads.filter(({ kind }) => kind === 'dither');
    expect(dithers).toHaveLength(3);
    for (const { seconds } of dithers) expect(seconds).toBeLessThan(6);
  });
});

test('an album without dithers stays on its target', async () => {
  begin();
  await observe(await submitPlanned(world));
  expect(await told(world, 'TelescopeDithered')).toEqual([]);
});

describe('a solver that finds nothing (F58)', () => {
  test('gives the sequence back to the planner, unharmed, and the next one may begin', async () => {
    begin({ solver: solverSpec });
    const id = await submitPlanned(world);
    await observe(id);
    expect(await told(world, 'PointingFailed')).toMatchObject([{ sequenceId: id, tries: 2 }]);
    expect(await statusOf(world, id)).toBe('TOBEPLANNED');
    expect(await told(world, 'SequenceRequeued')).toMatchObject([{ sequenceId: id, failures: 1 }]);
    expect(await images()).toEqual([]);
  });

  test('does not keep an alert waiting: its images say that they are not centred', async () => {
    begin({ solver: solverSpec });
    const id = await submit(world, {}, true);
    await moveStatus(world, id, 'PLANNED');
    await observe(id);
    expect(await statusOf(world, id)).toBe('DONE');
    const taken = await told(world, 'ImageTaken');
    expect(taken).toHaveLength(4);
    for (const { flags } of taken) expect(flags).toContain('not-centred');
  });
});

test('without a solver nothing is centred', async () => {
  begin();
  await observe(await submitPlanned(world));
  expect(await told(world, 'PointingCorrected')).toEqual([]);
  expect(await told(world, 'PointingFailed')).toEqual([]);
});

describe('a detector whose cooling fails (F59)', () => {
  const weak = async () => {
    const [channel] = world.unit.channels;
    if (channel) await saySim(world, channel, 'SIM SET cooler-off');
    await world.pass(600);
  };

  test('is waited for no longer than the unit file says, then its images are marked as warm', async () => {
    const channels = world.unit.channels.map((channel) => {
      return { ...channel, detector: { ...channel.detector, coolWaitSeconds: 300 } };
    });
    await weak();
    begin({ channels });
    const id = await submitPlanned(world);
    await observe(id);
    expect(await statusOf(world, id)).toBe('DONE');
    const rows = await images();
    const flagged = rows.filter(({ flags }) => flags.includes('warm'));
    expect(flagged.map(({ channel }) => channel)).toEqual(['VIS', 'VIS']);
    expect(await told(world, 'AlarmRaised')).toMatchObject([{ key: 'cooling.VIS', count: 1 }]);
  });

  test('that works again is told', async () => {
    await weak();
    begin();
    await untilTold(world, 'AlarmRaised', 3000);
    const [channel] = world.unit.channels;
    if (channel) await saySim(world, channel, 'SIM CLEAR cooler-off');
    await untilTold(world, 'AlarmCleared', 3000);
    expect(await told(world, 'AlarmCleared')).toMatchObject([{ key: 'cooling.VIS' }]);
  });
});
