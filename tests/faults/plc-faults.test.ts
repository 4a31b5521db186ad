import { describe, expect, test } from 'vitest';
import { ObservatoryStage } from '#testing';

/** Faults of the PLC, its wire, and what stands behind it (hazards F2 to F4, F8, F21 to F23). */

async function closesAndComesBack(stage: ObservatoryStage, repair: () => void): Promise<void> {
  await stage.until(() => stage.openFraction() < 1, { within: 35, what: 'closing' });
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  await stage.until(async () => (await stage.mode()) === 'PASSIVE_NO_PLC', {
    within: 60,
    what: 'PASSIVE_NO_PLC',
  });
  const alarms = await stage.told('AlarmRaised');
  expect(alarms.some(({ payload }) => payload.key.startsWith('plc'))).toBe(true);
  repair();
  await stage.untilTold('DomeOpened', { within: 900 });
  expect(await stage.violations()).toEqual([]);
}

test('F2 the PLC dies: UNSAFE when its last word is too old, PASSIVE_NO_PLC, closed by the dome’s own wire', async () => {
  const stage = await ObservatoryStage.observing();
  const { network, unit, simulators } = stage.observatory;
  network.unplug(unit.plc.address);
  await closesAndComesBack(stage, () => {
    if (simulators.plc) network.serve(unit.plc.address, simulators.plc.endpoint);
  });
});

test('F3 a connection that stays up and says nothing counts as a dead PLC', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'silent');
  await closesAndComesBack(stage, () => stage.clear('plc'));
});

test('F4 the same frame again and again, dates and all, is no news', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'frozen');
  await closesAndComesBack(stage, () => stage.clear('plc'));
});

describe('F8 what cannot be cut into frames counts as loss:', () => {
  test.each(['partial', 'garbage', 'flood', 'cut'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('plc', fault);
    await stage.until(() => stage.openFraction() === 0, { within: 120, what: 'the closed dome' });
    stage.clear('plc');
    await stage.untilTold('DomeOpened', { within: 900 });
    expect(await stage.violations()).toEqual([]);
  });

  test('two frames in one read, or one byte at a time, do no harm', async () => {
    const stage = await ObservatoryStage.observing();
    stage.fault('plc', 'two-frames');
    await stage.pass(120);
    stage.clear('plc');
    await stage.pass(120);
    expect(stage.openFraction()).toBe(1);
    expect(await stage.violations()).toEqual([]);
  });
});

test('F21 mains lost: closed while the battery lasts; battery low: parked and closed', async () => {
  const stage = await ObservatoryStage.observing();
  await stage.plc('OBSERVATORY Ups', 'battery');
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  await stage.plc('OBSERVATORY Ups', 'low');
  await stage.untilTold('TelescopeParked', { within: 300 });
  const alarms = await stage.told('AlarmRaised');
  expect(alarms.some(({ payload }) => /UPS|ups/.test(payload.key))).toBe(true);
  await stage.plc('OBSERVATORY Ups', 'auto');
  await stage.untilTold('DomeOpened', { within: 900 });
  expect(await stage.violations()).toEqual([]);
});

test('F22 a UPS of which nothing is known counts as one that is lost', async () => {
  const stage = await ObservatoryStage.observing();
  await stage.plc('OBSERVATORY Ups', 'nothing');
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  const [change] = (await stage.told('SafetyChanged')).slice(-1);
  expect(change?.payload.reasons.join()).toMatch(/UPS is unknown/);
  expect(await stage.violations()).toEqual([]);
});

describe('F23 freezes at once, and only the key on site sets free:', () => {
  test.each([
    ['EmergencyStop', /emergency/i],
    ['Intrusion', /somebody|intrusion/i],
  ])('%s', async (value, sentence) => {
    const stage = await ObservatoryStage.observing();
    await stage.plc(`OBSERVATORY ${value}`, 1);
    await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
    const mount = stage.observatory.simulators.mount?.truth?.();
    expect(mount?.tracks).toBe(0);
    await stage.plc(`OBSERVATORY ${value}`, 0);
    await stage.pass(900);
    expect(stage.openFraction()).toBe(0);
    const [change] = (await stage.told('SafetyChanged')).slice(-1);
    expect(change?.payload.reasons.join()).toMatch(sentence);
    await stage.plc('OBSERVATORY Mode', 'off');
    await stage.pass(30);
    await stage.plc('OBSERVATORY Mode', 'auto');
    await stage.untilTold('DomeOpened', { within: 900 });
    expect(await stage.violations()).toEqual([]);
  });
});

test.each([
  ['EmergencyStop', 'ExposureStarted'],
  ['Intrusion', 'ExposureStarted'],
  ['EmergencyStop', 'SlewStarted'],
] as const)(
  'F23 %s after %s: nothing but the shutter moves, and nothing parks',
  async (value, after) => {
    const stage = await ObservatoryStage.set();
    const placesNow = () => {
      const { altDeg, azDeg } = stage.observatory.simulators.mount?.truth?.() ?? {};
      return { altDeg, azDeg, slitDeg: stage.observatory.simulators.dome?.truth?.().azimuthDeg };
    };
    await stage.untilTold(after, { within: 1800 });
    await stage.plc(`OBSERVATORY ${value}`, 1);
    await stage.pass(4);
    const places = placesNow();
    await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
    await stage.pass(240);
    expect(placesNow()).toEqual(places);
    const requeued = await stage.told('SequenceRequeued');
    expect(requeued.filter(({ payload }) => payload.failures > 0)).toEqual([]);
    expect(await stage.violations()).toEqual([]);
  },
);
