import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Focuser, Telescope } from '#devices';
import { iso } from '#platform';
import { altAz, sunPosition } from '#sky';
import { makeWorld, observingTools, type World, writeSafety } from '#testing';
import { MotionGate, telescopeByHand } from './motion-gate.ts';

const PRESSED = { key: 'emergency stop', sentence: 'The emergency stop is pressed' };
const TARGET = { raDeg: 30, decDeg: 45 };

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(async () => {
  await world.close();
});

/** The last word of the env monitoring, an hour ago. */
async function heard(...causes: object[]): Promise<void> {
  const at = iso(world.clock.now() - 3_600_000);
  const empty = { mode: 'auto', night_ack: 1, bypass: 0, bypass_state: 'off', bypass_since: null };
  const counts = { raw_safe: 0, safe: 0, clock_offset: 0, refused_frames: 0, reasons: '[]' };
  const row = { updated: at, frame_at: at, ...empty, ...counts, causes: JSON.stringify(causes) };
  await world.database.transaction((work) => writeSafety(work, row));
}

function gateOf() {
  const stopped: string[] = [];
  const focuser = { stop: async () => void stopped.push('focuser') } as unknown as Focuser;
  const { telescope, dome } = observingTools(world);
  const gate = new MotionGate(
    { telescope, dome, focusers: new Map([['VIS', focuser]]) },
    world.database,
  );
  return { gate, telescope, dome, stopped };
}

describe('the gate before every motion', () => {
  test('stands open while no alarm of people stands, whatever else is unsafe', async () => {
    await heard({ key: 'rain', sentence: 'rain 12 mm/h' }, { ...PRESSED, sentence: 'unknown' });
    const { gate } = gateOf();
    await gate.telescope.goto(TARGET);
    await gate.dome.turn(90);
    expect((await gate.telescope.status()).motion).toBe('slewing');
  });

  test('is shut by an emergency stop, however old the last word of it is (F23)', async () => {
    await heard(PRESSED);
    const { gate } = gateOf();
    const orders = [
      gate.telescope.goto(TARGET),
      gate.telescope.park(),
      gate.telescope.home(),
      gate.telescope.native('DO PARK'),
      gate.dome.turn(90),
      gate.dome.home(),
      gate.focusers.get('VIS')?.move(1),
    ];
    for (const one of await Promise.allSettled(orders)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'UNSAFE' } });
    }
    expect((await gate.telescope.status()).motion).toBe('parked');
  });

  test('stops mount, slit and focusers, and lets the shutter close', async () => {
    const { gate, telescope, dome, stopped } = gateOf();
    await telescope.goto(TARGET);
    await dome.turn(90);
    await world.pass(2);
    await heard(PRESSED);
    await gate.halt();
    const { azimuthDeg } = await dome.status();
    await world.pass(20);
    expect((await telescope.status()).motion).toBe('stopped');
    expect((await dome.status()).azimuthDeg).toBeCloseTo(azimuthDeg, 1);
    expect(stopped).toEqual(['focuser']);
    await gate.dome.close();
  });
});

describe('a telescope that people have by hand', () => {
  const byHand = (): Telescope => {
    const { unit, clock, database } = world;
    return telescopeByHand(observingTools(world).telescope, { unit, clock, database });
  };

  test('goes where the mount may look', async () => {
    await byHand().goto(TARGET);
    expect((await byHand().status()).motion).toBe('slewing');
  });

  test('is not sent to the Sun nor below the limit of the mount (I6)', async () => {
    const { unit, clock } = world;
    const { raDeg, decDeg } = sunPosition(unit.site, clock.now());
    const low = { raDeg: TARGET.raDeg + 180, decDeg: -80 };
    expect(altAz(low, unit.site, clock.now()).altDeg).toBeLessThan(0);
    for (const target of [{ raDeg, decDeg }, low]) {
      await expect(byHand().goto(target)).rejects.toMatchObject({ code: 'TARGET_LIMIT' });
    }
  });

  test('stays where it is while an emergency stop stands', async () => {
    await heard(PRESSED);
    await expect(byHand().park()).rejects.toMatchObject({ code: 'UNSAFE' });
  });
});
