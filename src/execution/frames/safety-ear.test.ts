import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeSafety, fakeSafety, makeWorld, type World } from '#testing';
import { SafetyEar } from './safety-ear.ts';

let world: World;
let safety: FakeSafety;

beforeEach(async () => {
  world = await makeWorld();
});

afterEach(async () => {
  safety?.stop();
  await world.close();
});

function earOf(clock: { now(): number; monotonic(): number } = world.clock): SafetyEar {
  const { database } = world;
  const { maxAgeSeconds } = world.unit.plc;
  const wrapped = Object.create(world.clock, {
    now: { value: () => clock.now() },
    monotonic: { value: () => clock.monotonic() },
  });
  return new SafetyEar({ database, clock: wrapped, maxAgeSeconds });
}

test('nothing is heard before anything is said', async () => {
  expect(await earOf().listen()).toBeNull();
});

test('hears the effective verdict and its reasons', async () => {
  safety = fakeSafety(world, { safe: false, reasons: ['rain'] });
  await world.pass(1);
  expect(await earOf().listen()).toEqual({ safe: false, reasons: ['rain'] });
});

test('hears nothing any more once the last word is too old (F3)', async () => {
  safety = fakeSafety(world);
  const ear = earOf();
  await world.pass(1);
  expect(await ear.listen()).toMatchObject({ safe: true });
  safety.speaking = false;
  await world.pass(world.unit.plc.maxAgeSeconds + 5);
  expect(await ear.listen()).toBeNull();
});

test('a clock that is set back makes an old word no younger (F41)', async () => {
  safety = fakeSafety(world);
  let setBackMs = 0;
  const ear = earOf({
    now: () => world.clock.now() - setBackMs,
    monotonic: () => world.clock.monotonic(),
  });
  await world.pass(1);
  await ear.listen();
  safety.speaking = false;
  setBackMs = 3_600_000;
  await world.pass(world.unit.plc.maxAgeSeconds + 5);
  expect(await ear.listen()).toBeNull();
});

test('what an earlier night left is not believed at start', async () => {
  safety = fakeSafety(world);
  await world.pass(1);
  safety.speaking = false;
  await world.pass(3600);
  expect(await earOf().listen()).toBeNull();
});
