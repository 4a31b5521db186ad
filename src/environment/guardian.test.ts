import { describe, expect, it, onTestFinished } from 'vitest';
import { GuardianStage, type GuardianStageWish } from '#testing';

/** A stage with a guardian at work. */
function begun(wish: GuardianStageWish = {}): GuardianStage {
  const stage = new GuardianStage(wish);
  stage.start();
  onTestFinished(async () => {
    stage.guardian?.stop();
    stage.dome.stop();
    await stage.pass(60);
  });
  return stage;
}

async function opened(wish: GuardianStageWish = {}): Promise<GuardianStage> {
  const stage = begun(wish);
  await stage.openWide();
  return stage;
}

const isOpen = (stage: GuardianStage) => stage.dome.truth().openFraction > 0;

describe('the guardian', () => {
  it('lets the dome stay open while all is well', async () => {
    const stage = await opened();
    await stage.pass(600);
    expect(stage.dome.truth().openFraction).toBe(1);
    expect(stage.told).toEqual([]);
  });

  it('begins to close within five seconds of the first rain, seen by one station of two', async () => {
    const stage = await opened();
    stage.site.rain = true;
    await stage.pass(5);
    expect(await stage.shutter()).toBe('closing');
    expect(stage.told).toMatchObject([
      { type: 'DomeClosing', payload: { by: 'Guardian', reason: expect.stringMatching(/rain/) } },
    ]);
    await stage.pass(stage.unit.dome.closeSeconds);
    expect(await stage.shutter()).toBe('closed');
  });

  it('orders to close at the moment when the PLC’s answer says so', async () => {
    const stage = await opened();
    stage.site.rain = true;
    const rainMs = stage.clock.now();
    await stage.pass(5);
    const close = stage.orders.find(({ text, atMs }) => text === 'DO CLOSE' && atMs > rainMs);
    expect((close?.atMs ?? 0) - rainMs).toBeLessThanOrEqual(stage.unit.plc.pollSeconds * 1000);
  });

  it('takes the permit back when it rains: nobody can open again', async () => {
    const stage = await opened();
    stage.site.rain = true;
    await stage.pass(3);
    expect(await stage.permitSeconds()).toBe(0);
    await stage.pass(60);
    await stage.press('DO OPEN');
    await stage.pass(10);
    expect(isOpen(stage)).toBe(false);
  });

  it('turns a dome around that was opening (F10)', async () => {
    const stage = begun();
    await stage.pass(15);
    await stage.press('DO OPEN');
    await stage.pass(10);
    stage.site.rain = true;
    await stage.pass(5);
    expect(await stage.shutter()).toBe('closing');
    await stage.pass(30);
    expect(isOpen(stage)).toBe(false);
  });

  it('closes when the Majordome falls silent', async () => {
    const stage = await opened();
    stage.isMajordomeAlive = false;
    await stage.pass(50);
    expect(isOpen(stage)).toBe(true);
    await stage.pass(20 + stage.unit.dome.closeSeconds);
    expect(isOpen(stage)).toBe(false);
    expect(stage.told).toMatchObject([
      { payload: { reason: 'no sign of life of Majordome, Monitoring' } },
    ]);
  });

  it('never permits anything by day', async () => {
    const stage = begun();
    stage.isDay = true;
    for (let minute = 0; minute < 10; minute++) {
      await stage.pass(60);
      expect(await stage.permitSeconds()).toBe(0);
    }
  });

  it('starts unsafe: nothing is permitted before the first look (F11)', async () => {
    const stage = new GuardianStage();
    stage.plcWire = 'silent';
    stage.start();
    await stage.pass(60);
    expect(stage.orders.some(({ text }) => /^DO PERMIT [1-9]/.test(text))).toBe(false);
    stage.guardian?.stop();
  });

  it('says that it lives before its first look, and at every look', async () => {
    const stage = begun();
    expect(stage.beats).toHaveLength(1);
    await stage.pass(20);
    expect(stage.beats.length).toBeGreaterThanOrEqual(9);
  });

  it('closes while a local lock stands', async () => {
    const stage = await opened();
    stage.lock = 'locked on this computer: painting';
    await stage.pass(5);
    expect(await stage.shutter()).toBe('closing');
    stage.lock = null;
    await stage.pass(60);
    expect(await stage.permitSeconds()).toBeGreaterThan(0);
  });

  it('takes its permit back when it is stopped: the dome closes', async () => {
    const stage = await opened();
    stage.guardian?.stop();
    await stage.pass(1);
    await stage.life;
    expect(await stage.shutter()).toBe('closing');
  });

  it('ends when it is stopped, though nothing answers any more', async () => {
    const stage = begun();
    await stage.pass(5);
    Object.assign(stage, { database: 'hangs', plcWire: 'silent', domeWire: 'silent' });
    await stage.pass(5);
    stage.guardian?.stop();
    await stage.pass(10);
    await expect(stage.life).resolves.toBeUndefined();
  });

  it('goes on from what its last life knew, if that is fresh', async () => {
    const stage = await opened({ unit: (unit) => unit });
    stage.kill();
    await stage.pass(4);
    stage.start();
    await stage.pass(60);
    expect(stage.dome.truth().openFraction).toBe(1);
  });
});

describe('a PLC that', () => {
  const waysOfLoss: [string, (stage: GuardianStage) => unknown][] = [
    ['refuses connections (F2)', (stage) => Object.assign(stage, { plcWire: 'cut' })],
    [
      'keeps the connection and says nothing (F3)',
      (stage) => Object.assign(stage, { plcWire: 'silent' }),
    ],
    ['repeats the same frame (F4)', (stage) => Object.assign(stage, { isFrozen: true })],
    ['sends garbage (F8)', (stage) => Object.assign(stage, { plcWire: 'garbage' })],
  ];

  it.each(waysOfLoss)('%s closes the dome after the greatest age of its data', async (_, lose) => {
    const stage = await opened();
    lose(stage);
    await stage.pass(stage.unit.plc.maxAgeSeconds - 4);
    expect(isOpen(stage) && (await stage.shutter()) === 'open').toBe(true);
    await stage.pass(10);
    expect(await stage.shutter()).toBe('closing');
  });

  it('comes back lets the dome open again', async () => {
    const stage = await opened();
    stage.plcWire = 'silent';
    await stage.pass(120);
    stage.plcWire = 'ok';
    await stage.pass(10);
    expect(await stage.permitSeconds()).toBeGreaterThan(0);
  });
});

describe('a database that', () => {
  it.each(['hangs', 'refuses'] as const)('%s closes the dome after a minute', async (trouble) => {
    const stage = await opened();
    stage.database = trouble;
    await stage.pass(50);
    expect(isOpen(stage)).toBe(true);
    await stage.pass(25);
    expect(await stage.shutter()).toBe('closing');
    stage.database = 'ok';
    await stage.pass(60);
    expect(await stage.permitSeconds()).toBeGreaterThan(0);
  });

  it('is away for a short while closes nothing', async () => {
    const stage = await opened();
    for (let times = 0; times < 10; times++) {
      stage.database = 'hangs';
      await stage.pass(25);
      stage.database = 'ok';
      await stage.pass(10);
    }
    expect(stage.dome.truth().openFraction).toBe(1);
  });

  it('cannot be told anything keeps no dome open', async () => {
    const fail = () => {
      throw new Error('the disk is full');
    };
    const stage = await opened({
      reporter: { tell: fail, heartbeat: fail, stopped: async () => fail() },
    });
    stage.log.warn = fail;
    stage.log.error = fail;
    stage.site.rain = true;
    await stage.pass(60);
    expect(isOpen(stage)).toBe(false);
  });
});

describe('a guardian that was held up', () => {
  it('does not renew the permit on what it knew before (F36)', async () => {
    const stage = await opened();
    stage.suspend();
    await stage.pass(8);
    stage.plcWire = 'silent';
    const fromMs = stage.clock.now();
    stage.resume();
    await stage.pass(9);
    const permits = stage.orders.filter(({ atMs, text }) => atMs > fromMs && /PERMIT/.test(text));
    expect(permits).toEqual([]);
    expect(await stage.shutter()).toBe('closing');
  });

  it('tells of it, looks again and goes on (F36)', async () => {
    const stage = await opened();
    stage.suspend();
    await stage.pass(8);
    stage.resume();
    await stage.pass(30);
    expect(stage.dome.truth().openFraction).toBe(1);
    expect(stage.factsOf('AlarmRaised')).toMatchObject([{ payload: { key: 'guardian-held-up' } }]);
  });

  it('for a minute finds the dome closed by the dead-man, and goes on (F36)', async () => {
    const stage = await opened();
    stage.suspend();
    await stage.pass(60);
    expect(isOpen(stage)).toBe(false);
    stage.resume();
    await stage.openWide();
  });
});

describe('a clock that jumps', () => {
  it.each([1, -1])('by %d h closes the dome, and is told (F41)', async (hours) => {
    const stage = await opened();
    stage.clockOffsetMs = hours * 3_600_000;
    await stage.pass(8);
    expect(await stage.shutter()).toBe('closing');
    expect(stage.factsOf('ClockJumped')).toMatchObject([{ payload: { seconds: hours * 3600 } }]);
    stage.clockOffsetMs = 0;
    await stage.openWide();
  });
});
