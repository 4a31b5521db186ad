import { afterEach, describe, expect, test } from 'vitest';
import { appendFact, commandsOf } from '#agent';
import { sunAltitudeCrossing } from '#sky';
import {
  cancel,
  clearStage,
  command,
  currentStage,
  domeOf,
  live,
  majordomeOf,
  makeWorld,
  modeOf,
  modesTold,
  scheduleNow,
  sent,
  setStage,
  submitPlanned,
  tellMotion,
  told,
  type World,
} from '#testing';
import { readObservatory } from './execution-store.ts';
import { MajordomeAgent } from './majordome-agent.ts';

const NIGHT = '2026-10-12';
afterEach(clearStage);

const WAY_UP = ['PASSIVE_NO_PLC', 'PASSIVE', 'SCHED_CLOSING', 'STANDBY', 'SCHED_READY'];

describe('coming up', () => {
  test('waits without the PLC in PASSIVE_NO_PLC (R-253)', async () => {
    const { world } = await setStage({ before: { speaking: false } });
    await world.pass(120);
    expect(await told(world, 'ModeChanged')).toMatchObject([
      { from: 'STARTING', to: 'PASSIVE_NO_PLC', reason: 'Waiting for PLC connection...' },
    ]);
  });

  test('goes to STANDBY by way of closing, then opens (R-254, R-255)', async () => {
    const { world } = await setStage();
    await world.pass(60);
    expect(await modesTold(world)).toEqual(WAY_UP);
    expect((await domeOf(world).status()).shutter).toBe('open');
    expect(await told(world, 'DomeOpened')).toHaveLength(1);
  });

  test('stays PASSIVE while the PLC is in manu', async () => {
    const { world } = await setStage({ before: { mode: 'manu' } });
    await world.pass(60);
    expect(await modeOf(world)).toBe('PASSIVE');
  });

  test('falls back to PASSIVE_NO_PLC when the PLC stops (R-255)', async () => {
    const { world, safety } = await setStage();
    await world.pass(60);
    safety.speaking = false;
    await world.pass(120);
    expect((await modesTold(world)).slice(WAY_UP.length)).toEqual([
      'SCHED_CLOSING',
      'PASSIVE',
      'PASSIVE_NO_PLC',
    ]);
    expect((await domeOf(world).status()).shutter).toBe('closed');
  });
});

describe('the acknowledgement', () => {
  test('missing keeps the dome closed, and its coming opens it', async () => {
    const { world, safety } = await setStage({ before: { acknowledged: false } });
    await world.pass(600);
    expect(await modeOf(world)).toBe('STANDBY');
    expect(await told(world, 'DomeOpening')).toEqual([]);
    safety.acknowledged = true;
    await world.pass(60);
    expect(await told(world, 'NightAcknowledged')).toHaveLength(1);
    expect(await modeOf(world)).toBe('SCHED_READY');
  });

  test('once given lasts for the night, whatever the button shows', async () => {
    const { world, safety } = await setStage();
    await world.pass(60);
    safety.acknowledged = false;
    await world.pass(600);
    expect(await modeOf(world)).toBe('SCHED_READY');
  });

  test('of a button that stays pressed does not serve for a second night', async () => {
    const noonMs = Date.UTC(2026, 9, 13, 12);
    const { world, safety } = await setStage({ startMs: noonMs - 3_600_000 });
    await world.pass(2 * 3600);
    expect(await told(world, 'NightStarted')).toMatchObject([
      { night: NIGHT },
      { night: '2026-10-13' },
    ]);
    expect(await told(world, 'NightAcknowledged')).toHaveLength(1);
    safety.acknowledged = false;
    await world.pass(10);
    safety.acknowledged = true;
    await world.pass(10);
    expect(await told(world, 'NightAcknowledged')).toHaveLength(2);
  });
});

describe('rain', () => {
  test('closes, parks, and lets it open again once it is safe', async () => {
    const { world, safety } = await setStage();
    await world.pass(60);
    Object.assign(safety, { safe: false, reasons: ['rain 12 mm/h'] });
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(await modeOf(world)).toBe('STANDBY');
    expect(await sent(world)).toContain('park');
    expect(await told(world, 'DomeClosing')).toMatchObject([{ reason: 'rain 12 mm/h' }]);
    await world.pass(300);
    expect(await told(world, 'DomeOpening')).toHaveLength(1);
    Object.assign(safety, { safe: true, reasons: [] });
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('open');
    expect(await told(world, 'DomeOpened')).toHaveLength(2);
  });

  test('while it opens closes at once', async () => {
    const { world, safety } = await setStage();
    await world.pass(12);
    expect((await domeOf(world).status()).shutter).toBe('opening');
    safety.safe = false;
    await world.pass(5);
    expect((await domeOf(world).status()).shutter).toBe('closing');
  });

  test('at the start opens nothing', async () => {
    const { world } = await setStage({ before: { safe: false } });
    await world.pass(300);
    expect(await told(world, 'DomeOpening')).toEqual([]);
  });
});

describe('sequences', () => {
  test('are handed to the observer when their slot comes', async () => {
    const { world } = await setStage();
    await world.pass(60);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(5);
    const [order] = await commandsOf(world.database, {
      recipient: 'Observer',
      states: ['PENDING'],
    });
    expect(order).toMatchObject({ name: 'run_sequence', payload: { sequenceId: 1 } });
    expect(await readObservatory(world.database)).toMatchObject({ running_sequence_id: 1 });
  });

  test('are handed over so early that slew and setup are over when the slot begins', async () => {
    const { world } = await setStage();
    await world.pass(60);
    const startMs = world.clock.now() + 120_000;
    const slot = { startMs, endMs: startMs + 600_000, overheadSeconds: 45 };
    await scheduleNow(world, await submitPlanned(world), slot);
    await world.pass(70);
    expect(await sent(world)).toEqual([]);
    await world.pass(10);
    expect(await sent(world)).toEqual(['run_sequence']);
  });

  test('that were shortened are told when to end', async () => {
    const { world } = await setStage();
    await world.pass(60);
    const endMs = world.clock.now() + 600_000;
    await scheduleNow(world, await submitPlanned(world), { endMs, isShortened: true });
    await world.pass(5);
    const [order] = await commandsOf(world.database, {
      recipient: 'Observer',
      states: ['PENDING'],
    });
    expect(order?.payload).toEqual({ sequenceId: 1, endAt: new Date(endMs).toISOString() });
  });

  test('that rain interrupts are aborted once', async () => {
    const { world, safety } = await setStage();
    await world.pass(60);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(5);
    safety.safe = false;
    await world.pass(60);
    expect((await sent(world)).filter((name) => name === 'abort')).toHaveLength(1);
    expect(await readObservatory(world.database)).toMatchObject({ running_sequence_id: 0 });
  });

  test('whose alert is retracted are aborted, and the mode stays', async () => {
    const { world } = await setStage();
    await world.pass(60);
    const id = await submitPlanned(world);
    await scheduleNow(world, id);
    await world.pass(5);
    await cancel(world, id, 'not a burst');
    const payload = { alertId: 1, ivorn: 'ivo://a#1', trigger: '1' };
    const fact = { atMs: world.clock.now(), agent: 'AlertListener', payload };
    await world.database.transaction((work) =>
      appendFact(work, { ...fact, type: 'AlertRetracted' }),
    );
    await world.pass(0.5);
    const orders = await commandsOf(world.database, { recipient: 'Observer', states: ['PENDING'] });
    expect(orders).toMatchObject([
      { name: 'run_sequence' },
      { name: 'abort', payload: { reason: 'it was withdrawn', exposures: 'discard' } },
    ]);
    expect(await modeOf(world)).toBe('SCHED_READY');
  });

  test('do not go on under a dome that somebody shut', async () => {
    const { world } = await setStage();
    await world.pass(60);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(5);
    await domeOf(world).close();
    await world.pass(5);
    expect(await sent(world)).toContain('abort');
  });
});

describe('an idle Majordome', () => {
  const setMode = (world: World, payload: 'IDLE' | 'ACTIVE') =>
    command(world, 'Majordome', { name: 'set_mode', payload });

  test('starts no sequence until it is active again (R-172)', async () => {
    const { world } = await setStage();
    await world.pass(60);
    await setMode(world, 'IDLE');
    await world.pass(1);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(60);
    expect(await sent(world)).not.toContain('run_sequence');
    await setMode(world, 'ACTIVE');
    await world.pass(5);
    expect(await sent(world)).toContain('run_sequence');
  });

  test('opens no dome', async () => {
    const { world, safety } = await setStage({ before: { safe: false } });
    await world.pass(30);
    await setMode(world, 'IDLE');
    await world.pass(1);
    Object.assign(safety, { safe: true, reasons: [] });
    await world.pass(300);
    expect(await told(world, 'DomeOpening')).toEqual([]);
  });

  test('still stops what runs, closes and parks', async () => {
    const { world, safety } = await setStage();
    await world.pass(60);
    await scheduleNow(world, await submitPlanned(world));
    await world.pass(5);
    await setMode(world, 'IDLE');
    await world.pass(5);
    safety.safe = false;
    await world.pass(60);
    expect((await domeOf(world).status()).shutter).toBe('closed');
    expect(await sent(world)).toEqual(expect.arrayContaining(['abort', 'park']));
  });
});

describe('a life that takes over', () => {
  test('tells nothing twice', async () => {
    const { world, reports } = await setStage();
    await world.pass(60);
    const stage = currentStage();
    await stage.die();
    await world.pass(5);
    stage.die = live(majordomeOf(world, reports));
    await world.pass(120);
    expect(await modesTold(world)).toEqual(WAY_UP);
    expect(await told(world, 'NightStarted')).toHaveLength(1);
    expect(await told(world, 'NightAcknowledged')).toHaveLength(1);
    expect(await told(world, 'DomeOpened')).toHaveLength(1);
    expect(await told(world, 'DomeOpening')).toHaveLength(1);
  });

  test('in the middle of closing goes on closing and tells its end once', async () => {
    const { world, safety, reports } = await setStage();
    await world.pass(60);
    safety.safe = false;
    await world.pass(10);
    const stage = currentStage();
    await stage.die();
    stage.die = live(majordomeOf(world, reports));
    await world.pass(60);
    expect(await told(world, 'DomeClosing')).toHaveLength(1);
    expect(await told(world, 'DomeClosed')).toHaveLength(1);
    expect((await sent(world)).filter((name) => name === 'park')).toHaveLength(1);
  });
});

describe('a Majordome that is asked to exit', () => {
  test('closes the dome and says SHUTDOWN, and its next life begins anew', async () => {
    const { world, reports } = await setStage();
    await world.pass(60);
    const stage = currentStage();
    await stage.die();
    stage.die = live(majordomeOf(world, reports, { Kind: MajordomeAgent }));
    await world.pass(20);
    expect(await modeOf(world)).toBe('SCHED_READY');
    await stage.die();
    expect(await modeOf(world)).toBe('SHUTDOWN');
    expect(await told(world, 'DomeClosing')).toMatchObject([{ reason: 'asked to exit' }]);
    stage.die = live(majordomeOf(world, reports));
    await world.pass(90);
    const modes = await modesTold(world);
    expect(modes.slice(modes.indexOf('SHUTDOWN') + 1)).toEqual(expect.arrayContaining(WAY_UP));
  });
});

describe('the end of the night', () => {
  async function dawn() {
    const plain = await makeWorld();
    const { site, night } = plain.unit;
    const { upMs } = sunAltitudeCrossing(site, NIGHT, night.closeSunAltDeg);
    await plain.close();
    return await setStage({ startMs: (upMs ?? 0) - 300_000 });
  }

  test('closes by daylight, and is told and reported once when the telescope is parked', async () => {
    const { world, reports } = await dawn();
    await world.pass(600);
    expect(await modeOf(world)).toBe('STANDBY');
    expect(reports).toEqual([]);
    await tellMotion(world, 'parked');
    await world.pass(600);
    expect(reports).toEqual([NIGHT]);
    expect(await told(world, 'NightEnded')).toMatchObject([{ night: NIGHT }]);
  });

  test('asks again for a park that was not carried out', async () => {
    const { world } = await dawn();
    await world.pass(400);
    const [park] = await commandsOf(world.database, { recipient: 'Observer', states: ['PENDING'] });
    await world.database.transaction(async (work) => {
      await work
        .tables<{ command: { id: number; state: string } }>()
        .updateTable('command')
        .set({ state: 'FAILED' })
        .where('id', '=', park?.id ?? 0)
        .execute();
    });
    await world.pass(60);
    expect(await sent(world)).toEqual(['park']);
  });
});

test('the day has no acknowledgement and keeps the dome closed', async () => {
  const noonMs = Date.UTC(2026, 9, 12, 12, 30);
  const { world } = await setStage({ startMs: noonMs });
  await world.pass(300);
  expect(await modeOf(world)).toBe('STANDBY');
  expect(await readObservatory(world.database)).toMatchObject({ reason: 'the dome is closed' });
});
