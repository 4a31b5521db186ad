import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeFits } from '#fits';
import { makeFolder } from '#platform';
import { readAlbums } from '#request';
import { makeWorld, moveStatus, observingTools, submitPlanned, told, type World } from '#testing';
import { imagesOfNight, insertExposure } from '../execution-store.ts';
import { type Disk, realDisk, storeImageFile, storeOn } from '../image-file-store.ts';
import { takeUpOrphans } from './orphan-keeper.ts';

const NIGHT = '2026-10-12';
const ID = '1-1-1-1';
const PATH = `nights/${NIGHT}/images/${NIGHT}_${ID}_VIS_r.fits`;
let world: World;

beforeEach(async () => {
  world = await makeWorld();
  await beginExposure();
});

afterEach(() => world.close());

/** A sequence that is under way, its first exposure without an end. */
async function beginExposure(): Promise<void> {
  const sequenceId = await submitPlanned(world);
  await moveStatus(world, sequenceId, 'EXECUTING');
  const [album] = await readAlbums(world.database, sequenceId);
  const [plan] = album?.plans ?? [];
  if (!plan) throw new Error('no plan');
  const what = { channel: 'VIS', filter: 'r', seconds: 10, number: 1, night: NIGHT };
  const atMs = world.clock.now();
  const row = { exposureId: ID, planId: plan.id, sequenceId, atMs, ...what };
  await world.database.transaction((work) => insertExposure(work, row));
}

function image(exposureId = ID): Uint8Array {
  const pixels = new Uint16Array(64).map((_, i) => 1000 + i);
  return encodeFits({ width: 8, height: 8, pixels }, [
    { keyword: 'EXPID', value: exposureId },
    { keyword: 'FILTER', value: 'r' },
    { keyword: 'DATE-OBS', value: '2026-10-12T22:00:05.000' },
    { keyword: 'EXPTIME', value: 10 },
    { keyword: 'ALTITUDE', value: 61.5 },
  ]);
}

function place() {
  return { dataFolder: world.dataFolder, path: PATH };
}

async function recover(): Promise<void> {
  await takeUpOrphans(observingTools(world));
}

async function row() {
  return (await imagesOfNight(world.database, NIGHT))[0];
}

function quarantined(): string[] {
  const folder = join(world.dataFolder, 'nights', NIGHT, 'quarantine');
  return existsSync(folder) ? readdirSync(folder) : [];
}

function put(name: string, bytes: Uint8Array): void {
  const folder = join(world.dataFolder, 'nights', NIGHT, 'images');
  makeFolder(folder);
  writeFileSync(join(folder, name), bytes);
}

describe('a file that a crash left without its row', () => {
  test('is taken when it is whole, and flagged', async () => {
    storeImageFile(world.dataFolder, PATH, image());
    await recover();
    expect(await row()).toMatchObject({ state: 'TAKEN', path: PATH, flags: '["recovered"]' });
    expect(await told(world, 'ImageTaken')).toMatchObject([{ exposureId: ID, altDeg: 61.5 }]);
    expect(await told(world, 'OrphanFound')).toMatchObject([{ path: PATH, became: 'recovered' }]);
  });

  test('is taken once, however often the observer starts', async () => {
    storeImageFile(world.dataFolder, PATH, image());
    await recover();
    await recover();
    expect(await told(world, 'ImageTaken')).toHaveLength(1);
  });

  test('is put aside when it is damaged, and nothing is deleted', async () => {
    const bytes = image();
    bytes[bytes.length - 2800] = 77;
    put(`${NIGHT}_${ID}_VIS_r.fits`, bytes);
    await recover();
    expect(quarantined()).toEqual([`${NIGHT}_${ID}_VIS_r.fits`]);
    expect(await row()).toMatchObject({ state: 'EXPOSING' });
  });

  test('is put aside when no exposure of its name is known', async () => {
    put('stranger.fits', image('9-9-9-9'));
    await recover();
    expect(quarantined()).toEqual(['stranger.fits']);
    expect(await told(world, 'OrphanFound')).toMatchObject([
      { became: 'quarantined', reason: 'no exposure 9-9-9-9 is known' },
    ]);
  });
});

test('an exposure whose sequence does not go on gets its end', async () => {
  await moveStatus(world, 1, 'TOBEPLANNED');
  await recover();
  expect(await row()).toMatchObject({ state: 'FAILED' });
  expect(await told(world, 'ExposureLost')).toHaveLength(1);
});

class Killed extends Error {}

/** A disk on which the process dies before its step of that number. */
function mortalDisk(death: number): { disk: Disk; steps: () => number } {
  let steps = 0;
  const step = <A extends unknown[], R>(act: (...args: A) => R) => {
    return (...args: A): R => {
      steps++;
      if (steps >= death) throw new Killed();
      return act(...args);
    };
  };
  // A write that is cut off leaves half of it.
  const write: Disk['write'] = (file, bytes, from) => {
    const half = Math.ceil((bytes.length - from) / 2);
    return realDisk.write(file, bytes.subarray(0, from + half), from);
  };
  const disk = {
    open: step(realDisk.open),
    write: step(write),
    sync: step(realDisk.sync),
    // The system closes what a dead process held open.
    close: realDisk.close,
    link: step(realDisk.link),
    unlink: step(realDisk.unlink),
    read: step(realDisk.read),
  };
  return { disk, steps: () => steps };
}

/** Of the writing of this image, which takes several steps for its bytes. */
const STEPS = 20;

test('the writing of an image has as many steps as are died before', () => {
  const { disk, steps } = mortalDisk(Number.POSITIVE_INFINITY);
  storeOn(disk, place(), image());
  expect(steps()).toBe(STEPS);
});

const deaths = Array.from({ length: STEPS }, (_, i) => i + 1);

test.each(deaths)(
  'a death before step %i of the writing loses and doubles nothing (F26)',
  async (death) => {
    expect(() => storeOn(mortalDisk(death).disk, place(), image())).toThrow(Killed);
    await recover();
    const after = await row();
    const names = readdirSync(join(world.dataFolder, 'nights', NIGHT, 'images'));
    if (after?.state === 'TAKEN') {
      expect(new Uint8Array(readFileSync(join(world.dataFolder, after.path)))).toEqual(image());
      expect(names).toEqual([`${NIGHT}_${ID}_VIS_r.fits`]);
    } else {
      // Nothing has its name: the exposure is still owed, and will be tried again.
      expect(after?.state).toBe('EXPOSING');
      expect(names).toEqual([]);
    }
  },
);
