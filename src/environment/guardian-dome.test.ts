import { describe, expect, it, onTestFinished } from 'vitest';
import type { Telescope, TelescopeMotion } from '#devices';
import { GuardianStage, type GuardianStageWish } from '#testing';
import type { Unit } from '#unit';

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

describe('a dome that', () => {
  it('does not obey is told again at every look, tried another way, and told of each minute (F12)', async () => {
    const stage = await opened();
    stage.dome.faults.set('deaf-shutter');
    stage.site.rain = true;
    const fromMs = stage.clock.now();
    await stage.pass(240);
    const told = stage.orders.filter(({ atMs }) => atMs > fromMs).map(({ text }) => text);
    expect(told.filter((text) => text === 'DO CLOSE').length).toBeGreaterThan(100);
    expect(told).toContain('DO HOME');
    const alarms = stage.alarms();
    expect(alarms.map(({ payload }) => payload)).toMatchObject(
      [1, 2, 3, 4].map((count) => ({ severity: 'CRITICAL', count })),
    );
    const [first, second] = alarms.map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeLessThanOrEqual(62_000);
    stage.dome.faults.clear();
    await stage.pass(60);
    expect(isOpen(stage)).toBe(false);
    expect(stage.factsOf('AlarmCleared')).toHaveLength(1);
  });

  it('is freed at its mark closes after it was sent there (F12)', async () => {
    const stage = await opened();
    await stage.dome.handle('DO TURN 120');
    await stage.pass(60);
    stage.dome.faults.set('frees-when-home');
    stage.site.rain = true;
    await stage.pass(180);
    expect(isOpen(stage)).toBe(false);
  });

  it('calls itself closed sooner than it can be is not believed (F13)', async () => {
    const stage = await opened();
    stage.dome.faults.set('stuck-closed-switch');
    stage.site.rain = true;
    await stage.pass(70);
    expect(isOpen(stage)).toBe(false);
    const [alarm] = stage.alarms();
    expect(alarm?.payload).toMatchObject({
      sentence: expect.stringMatching(/switch may be stuck/),
    });
  });

  it('calls itself closed all the time is told to close all the same (F13)', async () => {
    const stage = begun();
    stage.dome.faults.set('stuck-closed-switch');
    await stage.openWide();
    stage.site.rain = true;
    const fromMs = stage.clock.now();
    await stage.pass(50);
    const closes = stage.orders.filter(({ atMs, text }) => atMs > fromMs && text === 'DO CLOSE');
    expect(closes.length).toBeGreaterThanOrEqual(20);
  });

  it('shows both switches is not believed either (F13)', async () => {
    const stage = begun();
    stage.dome.faults.set('both-switches');
    stage.isDay = true;
    await stage.pass(70);
    expect(stage.alarms()[0]?.payload).toMatchObject({
      sentence: expect.stringMatching(/"unknown"/),
    });
  });

  it('stops half-way is told to go on (F14)', async () => {
    const stage = await opened();
    stage.dome.faults.set('stops-half-way');
    stage.site.rain = true;
    await stage.pass(60);
    expect(isOpen(stage)).toBe(false);
  });

  it('loses its power in mid-move closes when it comes back (F14)', async () => {
    const stage = await opened();
    stage.dome.faults.set('brown-out', 120);
    stage.site.rain = true;
    await stage.pass(100);
    expect(isOpen(stage)).toBe(true);
    expect(stage.alarms()[0]?.payload).toMatchObject({
      sentence: expect.stringMatching(/does not answer/),
    });
    await stage.pass(70);
    expect(isOpen(stage)).toBe(false);
  });

  it('leaves one connection without an answer is reached by the other', async () => {
    const stage = await opened();
    stage.domeWire = 'half';
    await stage.pass(60);
    expect(stage.dome.truth().openFraction).toBe(1);
    stage.site.rain = true;
    await stage.pass(6);
    expect(await stage.shutter()).toBe('closing');
  });

  it('cannot be reached at all closes by its own dead-man', async () => {
    const stage = await opened();
    stage.domeWire = 'silent';
    await stage.pass(stage.unit.dome.permitSeconds + stage.unit.dome.closeSeconds + 1);
    expect(isOpen(stage)).toBe(false);
  });

  it('is opened by hand by day is closed again', async () => {
    const stage = begun();
    stage.isDay = true;
    await stage.pass(120);
    await stage.dome.handle('DO PERMIT 10');
    await stage.press('DO OPEN');
    await stage.pass(1);
    expect(isOpen(stage)).toBe(true);
    await stage.pass(8);
    expect(isOpen(stage)).toBe(false);
    expect(stage.orders.at(-2)?.text).toBe('DO CLOSE');
  });

  it('is closed for good is left alone', async () => {
    const stage = begun();
    stage.isDay = true;
    await stage.pass(120);
    const fromMs = stage.clock.now();
    await stage.pass(600);
    const orders = stage.orders.filter(({ atMs }) => atMs > fromMs).map(({ text }) => text);
    expect(new Set(orders)).toEqual(new Set(['GET STATUS']));
  });
});

describe('a roof that its telescope may be in the way of (F15)', () => {
  const withRule = (thenClose: boolean) => (unit: Unit) => ({
    ...unit,
    dome: { ...unit.dome, parkFirst: { deadlineSeconds: 100, thenClose } },
  });

  function telescope(parksAfter: number): Telescope & { asked: number } {
    let motion: TelescopeMotion = 'tracking';
    const one = {
      asked: 0,
      status: async () => ({
        ...{ motion, raDeg: 0, decDeg: 0, haDeg: 0, altDeg: 0, azDeg: 180 },
        ...{ stopSensor: false, homed: true, flatPosition: false, atMs: 0 },
      }),
      park: async () => {
        one.asked++;
        if (one.asked >= parksAfter) motion = 'parked';
      },
    };
    return one as unknown as Telescope & { asked: number };
  }

  it('closes once the telescope is parked', async () => {
    const mount = telescope(5);
    const stage = await opened({ unit: withRule(false), telescope: mount });
    stage.site.rain = true;
    await stage.pass(6);
    expect(await stage.shutter()).toBe('open');
    await stage.pass(20 + stage.unit.dome.closeSeconds);
    expect(isOpen(stage)).toBe(false);
  });

  it('closes all the same after its deadline', async () => {
    const stage = await opened({ unit: withRule(true), telescope: telescope(1e9) });
    stage.site.rain = true;
    await stage.pass(98);
    expect(await stage.shutter()).toBe('open');
    await stage.pass(10 + stage.unit.dome.closeSeconds);
    expect(isOpen(stage)).toBe(false);
  });

  it('waits for a person where the unit says so, and tells of it each minute', async () => {
    const stage = await opened({ unit: withRule(false), telescope: telescope(1e9) });
    stage.site.rain = true;
    await stage.pass(300);
    expect(await stage.shutter()).toBe('open');
    expect(stage.alarms().length).toBeGreaterThanOrEqual(4);
    expect(stage.alarms()[0]?.payload).toMatchObject({
      severity: 'CRITICAL',
      sentence: expect.stringMatching(/waits for the telescope/),
    });
  });

  it('is given no permit at the start of a life in bad weather', async () => {
    const stage = new GuardianStage({ unit: withRule(false), telescope: telescope(1e9) });
    stage.site.rain = true;
    stage.start();
    await stage.pass(60);
    expect(await stage.permitSeconds()).toBe(0);
    stage.guardian?.stop();
  });
});
