import { describe, expect, test } from 'vitest';
import { Sender } from '#agent';
import { openDome } from '#devices';
import { readObservatory } from '#execution';
import { sunPosition } from '#sky';
import { ObservatoryStage } from '#testing';

/** Acts of people and jumps of clocks (hazards F41, F44, F55, F56, F60), with every agent at work. */

async function order(stage: ObservatoryStage, name: string, payload: object): Promise<string> {
  const { database, clock } = stage.observatory;
  const sender = new Sender({ name: 'Operator', database, clock });
  const sent = await sender.send('Majordome', { name, payload }, { validitySeconds: 60 });
  let state = '';
  void sent.ended().then((end) => (state = end.state));
  await stage.until(() => state !== '', { within: 60, what: `the end of ${name}` });
  return state;
}

describe('F41 a clock that is set in the night, by', () => {
  test.each([3600, -3600, 262, -262])(
    '%d seconds: closed until it agrees again',
    async (seconds) => {
      const stage = await ObservatoryStage.observing();
      stage.observatory.shiftClocks(seconds);
      await stage.until(() => stage.openFraction() === 0, { within: 120, what: 'the closed dome' });
      stage.observatory.shiftClocks(0);
      await stage.untilTold('DomeOpened', { within: 1800 });
      expect(await stage.violations()).toEqual([]);
    },
  );
});

test('F44 withdrawn while it runs: it ends, and the next one begins', async () => {
  const stage = await ObservatoryStage.observing();
  const { database } = stage.observatory;
  const running = (await readObservatory(database))?.running_sequence_id ?? 0;
  await database.transaction(async (work) => {
    await work
      .tables<{ sequence: { id: number; status: string; reason: string } }>()
      .updateTable('sequence')
      .set({ status: 'CANCELLED', reason: 'its observer withdrew it' })
      .where('id', '=', running)
      .execute();
  });
  const end = await stage.untilTold('SequenceEnded', { within: 60 });
  expect(end.payload).toMatchObject({ sequenceId: running, outcome: 'CANCELLED' });
  await stage.untilTold('SequenceStarted', { within: 900 });
  expect(await stage.violations()).toEqual([]);
});

describe('F55 a bypass', () => {
  test('overrules damp air, reminds, and ends by itself', async () => {
    const stage = await ObservatoryStage.observing({
      unit: (unit) => ({
        ...unit,
        plc: { ...unit.plc, bypass: { ...unit.plc.bypass, longestMinutes: 25 } },
      }),
    });
    for (const device of ['WXT520', 'VantagePro']) {
      await stage.plc(`${device} OutsideHumidity`, 97);
    }
    await stage.until(() => stage.openFraction() === 0, { within: 180, what: 'the closed dome' });
    const payload = { by: 'operator', reason: 'the sensors are wet, the air is not', minutes: 25 };
    expect(await order(stage, 'bypass', payload)).toBe('EXECUTED');
    await stage.untilTold('DomeOpened', { within: 300 });
    await stage.untilTold('AlarmRaised', { within: 900, where: ({ key }) => key === 'bypass' });
    await stage.until(() => stage.openFraction() === 0, { within: 1800, what: 'its end' });
    expect(await stage.violations()).toEqual([]);
  });

  test('never overrules rain', async () => {
    const stage = await ObservatoryStage.observing();
    for (const device of ['WXT520', 'VantagePro']) {
      await stage.plc(`${device} OutsideHumidity`, 97);
    }
    await stage.until(() => stage.openFraction() === 0, { within: 180, what: 'the closed dome' });
    const payload = { by: 'operator', reason: 'the sensors are wet, the air is not', minutes: 25 };
    await order(stage, 'bypass', payload);
    await stage.untilTold('DomeOpened', { within: 300 });
    await stage.rain();
    await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
    expect(await stage.violations()).toEqual([]);
  });
});

test('F56 a PLC that does not show the bypass is called KO, and the bypass is void', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'ignores-bypass');
  for (const device of ['WXT520', 'VantagePro']) {
    await stage.plc(`${device} OutsideHumidity`, 97);
  }
  await stage.until(() => stage.openFraction() === 0, { within: 180, what: 'the closed dome' });
  await order(stage, 'bypass', { by: 'operator', reason: 'a trial', minutes: 20 });
  const failed = await stage.untilTold('BypassFailed', { within: 60 });
  expect(failed.payload.reason).toMatch(/PLC KO/);
  stage.clear('plc', 'ignores-bypass');
  await stage.pass(300);
  expect(stage.openFraction()).toBe(0);
  expect((await readObservatory(stage.observatory.database))?.bypass).toBe(0);
  expect(await stage.violations()).toEqual([]);
});

test('locked by a person it closes and stays closed; unlocked it goes on by itself', async () => {
  const stage = await ObservatoryStage.observing();
  expect(await order(stage, 'lock', { by: 'operator', reason: 'visitors' })).toBe('EXECUTED');
  await stage.until(() => stage.openFraction() === 0, { within: 90, what: 'the closed dome' });
  await stage.pass(600);
  expect(stage.openFraction()).toBe(0);
  expect(await order(stage, 'unlock', { by: 'operator', reason: 'they left' })).toBe('EXECUTED');
  await stage.untilTold('DomeOpened', { within: 300 });
  expect(await stage.violations()).toEqual([]);
});

test('F60 dawn in mid-exposure: stopped in time, closed before the Sun’s limit whatever waits', async () => {
  const stage = await ObservatoryStage.set({ minutesIntoDark: 440 });
  await stage.untilTold('ExposureStarted', { within: 1800 });
  const { site, night } = stage.unit;
  const sunAltDeg = () => sunPosition(site, stage.nowMs).altDeg;
  await stage.until(() => sunAltDeg() > night.closeSunAltDeg, { within: 4 * 3600, what: 'dawn' });
  await stage.pass(60);
  expect(stage.openFraction()).toBe(0);
  const { clock, network } = stage.observatory;
  const dome = openDome(stage.unit.dome, { clock, links: network.link });
  expect((await dome.status()).shutter).toBe('closed');
  await stage.untilTold('NightEnded', { within: 3600 });
  expect(await stage.historyFaults()).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});
