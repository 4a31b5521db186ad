import { afterEach, describe, expect, test } from 'vitest';
import { type Command, readCommand, readSurveys } from '#agent';
import {
  clearStage,
  command,
  currentStage,
  domeOf,
  live,
  majordomeOf,
  modeOf,
  modesTold,
  scheduleNow,
  sent,
  setStage,
  submitPlanned,
  told,
  type World,
} from '#testing';
import { readObservatory } from './execution-store.ts';
import { readPauses } from './pauses.ts';

afterEach(clearStage);

/** Gives an order in the name of ak; gives its number. */
async function order(world: World, name: string, more: object = {}): Promise<number> {
  return await command(world, 'Majordome', { name, payload: { by: 'ak', ...more } });
}

/** The same, and lets time go by until it has ended. */
async function ordered(world: World, name: string, more: object = {}): Promise<Command> {
  const id = await order(world, name, more);
  for (let i = 0; i < 60; i++) {
    await world.pass(1);
    const row = await readCommand(world.database, id);
    if (row && row.state !== 'PENDING' && row.state !== 'RUNNING') return row;
  }
  throw new Error(`${name} never ended`);
}

const row = async (world: World) => await readObservatory(world.database);
const pauses = async (world: World) => readPauses((await row(world))?.pauses ?? '');

async function ready(before = {}) {
  const stage = await setStage({ before });
  await stage.world.pass(60);
  return stage;
}

const HUMID = { safe: false, reasons: ['humidity 95 %'] };

describe('a lock', () => {
  test('closes, stays in STANDBY, and says who and why (R-456)', async () => {
    const { world } = await ready();
    const { state, result } = await ordered(world, 'lock', { reason: 'a visit' });
    expect([state, result]).toEqual(['EXECUTED', expect.stringContaining('locked')]);
    await world.pass(300);
    expect(await modeOf(world)).toBe('STANDBY');
    expect((await modesTold(world)).slice(5)).toEqual(['SCHED_CLOSING', 'STANDBY']);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(await told(world, 'ObservatoryLocked')).toEqual([{ by: 'ak', reason: 'a visit' }]);
    expect(await pauses(world)).toMatchObject([{ kind: 'person', key: 'lock' }]);
  });

  test('is taken whatever the person saw, also while it is unsafe, and counts once', async () => {
    const { world } = await ready(HUMID);
    for (let i = 0; i < 2; i++) {
      const { state } = await ordered(world, 'lock', { reason: 'a visit', version: 999 });
      expect(state).toBe('EXECUTED');
    }
    expect(await told(world, 'ObservatoryLocked')).toHaveLength(1);
  });

  test('closes also what a person on site has opened in PASSIVE', async () => {
    const { world, safety } = await ready();
    safety.mode = 'manu';
    await world.pass(120);
    await domeOf(world).open();
    await world.pass(60);
    expect(await modeOf(world)).toBe('PASSIVE');
    expect((await domeOf(world).status()).shutter).toBe('open');
    await ordered(world, 'lock', { reason: 'clouds in sight' });
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });

  test('is obeyed by an idle Majordome too', async () => {
    const { world } = await ready();
    await command(world, 'Majordome', { name: 'set_mode', payload: 'IDLE' });
    expect((await ordered(world, 'lock', { reason: 'clouds in sight' })).state).toBe('EXECUTED');
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });

  test('promises no closing, and gives no sign of life, where the Majordome hangs', async () => {
    const stage = await ready();
    const { world } = stage;
    await stage.die();
    let gate: PromiseWithResolvers<void> | null = null;
    const hand = <T extends object>(device: T): T =>
      new Proxy(device, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return async (...about: unknown[]) => {
            await gate?.promise;
            return await value.apply(target, about);
          };
        },
      });
    const die = live(majordomeOf(world, [], { hand }));
    stage.die = async () => void (await die());
    await world.pass(30);
    gate = Promise.withResolvers<void>();
    await world.pass(30);
    const { result } = await ordered(world, 'lock', { reason: 'clouds in sight' });
    expect(result).toContain('hangs and may not close');
    await world.pass(120);
    const surveys = await readSurveys(world.database);
    const atMs = surveys.find(({ name }) => name === 'Majordome')?.atMs ?? 0;
    expect(world.clock.now() - atMs).toBeGreaterThan(60_000);
    gate.resolve();
    gate = null;
  });

  test('ends with UNLOCK, and the observatory opens by itself (R-457)', async () => {
    const { world } = await ready();
    await ordered(world, 'lock', { reason: 'a visit' });
    await world.pass(60);
    expect((await ordered(world, 'unlock', { reason: 'it is over' })).state).toBe('EXECUTED');
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('open');
  });

  test('from REMOTE leads to STANDBY and ends the work by hand (M6)', async () => {
    const { world } = await ready();
    await ordered(world, 'go_remote');
    await ordered(world, 'lock', { reason: 'a visit' });
    await world.pass(60);
    expect((await modesTold(world)).slice(5)).toEqual(['REMOTE', 'STANDBY']);
    expect(await row(world)).toMatchObject({ locked: 1, remote: 0 });
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });
});

describe('remote mode', () => {
  test('takes the devices from the scheduler, and gives them back (M8, M9)', async () => {
    const { world } = await ready();
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(5);
    expect((await ordered(world, 'go_remote')).result).toContain('The mode is REMOTE');
    expect(await sent(world)).toContain('abort');
    expect((await domeOf(world).status()).shutter).toBe('open');
    const { result } = await ordered(world, 'go_scheduler');
    expect(result).not.toContain('REMOTE');
    await world.pass(60);
    expect(await modeOf(world)).toBe('SCHED_READY');
    expect(await told(world, 'RemoteAsked')).toMatchObject([{ on: true }, { on: false }]);
  });

  test('while it is unsafe opens nothing, and is not left before it is safe', async () => {
    const { world, safety } = await ready(HUMID);
    expect((await ordered(world, 'go_remote')).state).toBe('EXECUTED');
    await world.pass(60);
    expect(await told(world, 'DomeOpening')).toEqual([]);
    expect(await ordered(world, 'go_scheduler')).toMatchObject({ errorCode: 'ORDER_REFUSED' });
    Object.assign(safety, { safe: true, reasons: [] });
    await world.pass(5);
    expect((await ordered(world, 'go_scheduler')).state).toBe('EXECUTED');
  });
});

describe('an order on an older view', () => {
  test('is refused and says what has changed since (hazards F53, F54)', async () => {
    const { world } = await ready();
    const version = (await row(world))?.version ?? 0;
    await ordered(world, 'lock', { reason: 'a visit' });
    await world.pass(60);
    const { errorCode, errorText } = await ordered(world, 'go_remote', { version });
    expect(errorCode).toBe('STATE_CHANGED');
    expect(errorText).toContain('Locked by ak: a visit');
  });

  test('is taken when nothing but time has passed', async () => {
    const { world } = await ready();
    const version = (await row(world))?.version ?? 0;
    await world.pass(300);
    expect((await ordered(world, 'go_remote', { version })).state).toBe('EXECUTED');
  });
});

describe('an order', () => {
  test.each([
    ['lock', {}],
    ['lock', { reason: '' }],
    ['bypass', { reason: 'why', minutes: -1 }],
    ['bypass', { reason: 'why', minutes: 1e9 }],
    ['bypass', { minutes: 10 }],
  ])('without what it needs is refused: %s %j', async (name, more) => {
    const { world } = await ready();
    expect((await ordered(world, name, more)).state).toBe('REFUSED');
    expect(await row(world)).toMatchObject({ locked: 0, bypass: 0 });
  });

  test('that the state does not allow is refused with the reason', async () => {
    const { world } = await ready();
    const one = await ordered(world, 'unlock', { reason: 'why' });
    expect(one).toMatchObject({ state: 'FAILED', errorCode: 'ORDER_REFUSED' });
    expect(one.errorText).toContain('the observatory is not locked');
  });

  test('that was sent twice is carried out once, and a death in between does not change that', async () => {
    const { world, reports } = await ready();
    await order(world, 'lock', { reason: 'a visit' });
    const stage = currentStage();
    await stage.die();
    stage.die = live(majordomeOf(world, reports));
    await world.pass(90);
    expect(await told(world, 'ObservatoryLocked')).toHaveLength(1);
    expect(await modeOf(world)).toBe('STANDBY');
  });
});

describe('a bypass', () => {
  const ASK = { reason: 'the sensor is wet', minutes: 20 };

  test('that the PLC shows makes it safe, and opens (R-452, M11)', async () => {
    const { world } = await ready(HUMID);
    expect(await modeOf(world)).toBe('STANDBY');
    const { state, result } = await ordered(world, 'bypass', ASK);
    expect([state, result]).toEqual(['EXECUTED', expect.stringContaining('in 20 min')]);
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('open');
    expect(await told(world, 'BypassAsked')).toMatchObject([{ on: true, by: 'ak' }]);
    expect(await told(world, 'BypassChanged')).toMatchObject([{ on: true, by: 'ak' }]);
  });

  test('ends by itself with its time, and the dome closes (hazard F55)', async () => {
    const { world, safety } = await ready(HUMID);
    await ordered(world, 'bypass', ASK);
    await world.pass(20 * 60 + 60);
    expect(safety.bypass).toBe(false);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect((await told(world, 'BypassAsked')).at(-1)).toMatchObject({
      on: false,
      by: 'Majordome',
      reason: 'its time is over',
    });
    expect((await told(world, 'BypassChanged')).map(({ on }) => on)).toEqual([true, false]);
  });

  test('is reminded of every ten minutes for as long as it lasts', async () => {
    const { world } = await ready(HUMID);
    await ordered(world, 'bypass', { ...ASK, minutes: 30 });
    await world.pass(25 * 60);
    const alarms = (await told(world, 'AlarmRaised')).filter(({ key }) => key === 'bypass');
    expect(alarms.map(({ count }) => count)).toEqual([1, 2, 3]);
    await world.pass(10 * 60);
    expect((await told(world, 'AlarmCleared')).map(({ key }) => key)).toContain('bypass');
  });

  test('that the PLC does not show is void: PLC KO (R-454, hazard F56)', async () => {
    const { world } = await ready({ ...HUMID, ignoresBypass: true });
    const { state, errorCode, errorText } = await ordered(world, 'bypass', ASK);
    expect([state, errorCode]).toEqual(['FAILED', 'PLC_KO']);
    expect(errorText).toContain('PLC KO');
    expect(await told(world, 'BypassFailed')).toHaveLength(1);
    expect(await row(world)).toMatchObject({ bypass: 0 });
    const alarms = (await told(world, 'AlarmRaised')).map(({ key }) => key);
    expect(alarms).toContain('plc-ko');
    expect(await told(world, 'DomeOpening')).toEqual([]);
  });

  test('is refused against what is never overruled', async () => {
    const { world } = await ready({ safe: false, reasons: ['rain 3 mm/h'] });
    const { errorCode, errorText } = await ordered(world, 'bypass', ASK);
    expect([errorCode, errorText]).toEqual(['ORDER_REFUSED', expect.stringContaining('rain')]);
  });

  test('does not cover rain that begins meanwhile', async () => {
    const { world, safety } = await ready(HUMID);
    await ordered(world, 'bypass', ASK);
    await world.pass(60);
    safety.reasons = ['humidity 95 %', 'rain 3 mm/h'];
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });

  test('ends when a person says so (R-453)', async () => {
    const { world, safety } = await ready(HUMID);
    await ordered(world, 'bypass', ASK);
    expect((await ordered(world, 'stop_bypass')).result).toContain('over');
    expect(safety.bypass).toBe(false);
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });

  test('that nobody here asked for opens nothing, and its end is asked for', async () => {
    const { world, safety } = await ready(HUMID);
    safety.bypass = true;
    await world.pass(30);
    expect(safety.bypass).toBe(false);
    expect(await told(world, 'DomeOpening')).toEqual([]);
  });

  test('does not keep a lock waiting', async () => {
    const { world } = await ready({ ...HUMID, ignoresBypass: true });
    await order(world, 'bypass', ASK);
    await world.pass(3);
    await order(world, 'lock', { reason: 'no' });
    await world.pass(3);
    expect(await row(world)).toMatchObject({ locked: 1 });
  });

  test('outlives the death of the Majordome with its end', async () => {
    const { world, reports, safety } = await ready(HUMID);
    await ordered(world, 'bypass', ASK);
    const stage = currentStage();
    await stage.die();
    stage.die = live(majordomeOf(world, reports));
    await world.pass(60);
    expect(safety.bypass).toBe(true);
    expect(await told(world, 'BypassChanged')).toHaveLength(1);
    await world.pass(20 * 60);
    expect(safety.bypass).toBe(false);
  });
});
