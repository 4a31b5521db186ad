import { afterEach, describe, expect, test } from 'vitest';
import {
  clearStage,
  domeOf,
  type FakeSafety,
  forced,
  modeOf,
  modesTold,
  setStage,
  told,
  type World,
} from '#testing';
import { readVariable } from './execution-store.ts';
import { FORCE_PASSIVE } from './majordome-agent.ts';

afterEach(clearStage);

/** The guide's majordome_test: states are forced through plc_device_status and config. */
const STEPS: readonly [string, (safety: FakeSafety) => object, string][] = [
  ['the PLC is silent', () => ({ speaking: false }), 'PASSIVE_NO_PLC'],
  ['it comes back with its key on manu', () => ({ speaking: true, mode: 'manu' }), 'PASSIVE'],
  ['its key is turned to off', () => ({ mode: 'off' }), 'PASSIVE'],
  ['its key is turned to auto', () => ({ mode: 'auto' }), 'SCHED_READY'],
  ['it rains', () => ({ safe: false, reasons: ['rain 9 mm/h'] }), 'STANDBY'],
  ['it is dry again', () => ({ safe: true, reasons: [] }), 'SCHED_READY'],
  ['its key is turned to manu', () => ({ mode: 'manu' }), 'PASSIVE'],
];

describe('the observatory is forced from state to state', () => {
  test('through plc_device_status', async () => {
    const { world, safety } = await setStage();
    for (const [what, change, mode] of STEPS) {
      Object.assign(safety, change(safety));
      await world.pass(150);
      expect([what, await modeOf(world)]).toEqual([what, mode]);
    }
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(world.errors).toEqual([]);
  });

  test('through config: force_passive closes, and is over with the test', async () => {
    const { world } = await setStage();
    await world.pass(60);
    await forced(world, { config: { [FORCE_PASSIVE]: '1' } }, async () => {
      await world.pass(60);
      expect(await modeOf(world)).toBe('PASSIVE');
      expect((await domeOf(world).status()).shutter).toBe('closed');
    });
    await world.pass(60);
    expect(await modeOf(world)).toBe('SCHED_READY');
    expect((await modesTold(world)).slice(5)).toEqual([
      'SCHED_CLOSING',
      'PASSIVE',
      'SCHED_CLOSING',
      'STANDBY',
      'SCHED_READY',
    ]);
  });
});

describe('what was forced is undone', () => {
  const valueNow = (world: World) => readVariable(world.database, FORCE_PASSIVE);

  test('also when the test fails in between (R-271)', async () => {
    const { world } = await setStage({ before: { speaking: false } });
    const failing = forced(world, { config: { [FORCE_PASSIVE]: '1' } }, async () => {
      expect(await valueNow(world)).toBe('1');
      throw new Error('the test fails');
    });
    await expect(failing).rejects.toThrow('the test fails');
    expect(await valueNow(world)).toBe('');
  });

  test('to what it was', async () => {
    const { world } = await setStage({ before: { speaking: false } });
    await forced(world, { config: { [FORCE_PASSIVE]: '0' } }, async () => {
      await forced(world, { config: { [FORCE_PASSIVE]: '1' } }, async () => undefined);
      expect(await valueNow(world)).toBe('0');
    });
  });
});

test('with its key on manu a person opens by hand, and nobody closes while it is safe', async () => {
  const { world, safety } = await setStage({ before: { mode: 'manu' } });
  await world.pass(30);
  await domeOf(world).open();
  await world.pass(120);
  expect((await domeOf(world).status()).shutter).toBe('open');
  Object.assign(safety, { safe: false, reasons: ['rain 9 mm/h'] });
  await world.pass(60);
  expect((await domeOf(world).status()).shutter).toBe('closed');
  expect(await told(world, 'DomeOpening')).toEqual([]);
});
