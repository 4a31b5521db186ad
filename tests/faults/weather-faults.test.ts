import { describe, expect, test } from 'vitest';
import { imagesOfNight } from '#execution';
import { ObservatoryStage, STAGE_NIGHT } from '#testing';

/** Faults of the sky and of its sensors (hazards F1, F5 to F7, F9 to F11), with every agent at work. */

test('F1 rain in mid-exposure: the dome closes at once, the exposures end ABORTED, their light is kept', async () => {
  const stage = await ObservatoryStage.observing();
  await stage.pass(20);
  const rainMs = stage.nowMs;
  await stage.rain();
  await stage.until(() => stage.openFraction() < 1, { within: 5, what: 'closing' });
  expect(stage.nowMs - rainMs).toBeLessThanOrEqual(5000);
  await stage.untilTold('DomeClosed', { within: 60 });
  const images = await imagesOfNight(stage.observatory.database, STAGE_NIGHT);
  const last = images.slice(-2);
  expect(last.map(({ state }) => state)).toEqual(['ABORTED', 'ABORTED']);
  for (const image of last) {
    expect(image.reason).toMatch(/rain|dome/i);
    expect(image.path).not.toBe('');
    expect(JSON.parse(image.flags)).toContain('cut');
  }
  expect(await stage.violations()).toEqual([]);
});

test('F5 values that never change are no longer believed: unsafe where nothing else measures', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'frozen-values');
  const alarm = await stage.untilTold('AlarmRaised', {
    within: 3600,
    where: ({ key }) => key.startsWith('frozen'),
  });
  expect(alarm.payload.severity).not.toBe('CRITICAL');
  await stage.until(() => stage.openFraction() === 0, { within: 3600, what: 'the closed dome' });
  expect(await stage.violations()).toEqual([]);
});

describe('F6 nonsense is excluded, never taken for a number:', () => {
  test.each(['not-valid', 'nan', 'nonsense-values'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('plc', fault);
    await stage.until(() => stage.openFraction() === 0, { within: 120, what: 'the closed dome' });
    const [change] = (await stage.told('SafetyChanged')).slice(-1);
    expect(change?.payload.safe).toBe(false);
    stage.clear('plc');
    await stage.untilTold('DomeOpened', { within: 600 });
    expect(await stage.violations()).toEqual([]);
  });

  test('of a station that is there twice neither is believed: the next one in rank counts', async () => {
    const stage = await ObservatoryStage.observing();
    stage.fault('plc', 'twice');
    await stage.untilTold('AlarmRaised', {
      within: 120,
      where: ({ sentence }) => sentence.includes('duplicate'),
    });
    expect(stage.openFraction()).toBe(1);
    await stage.plc('VantagePro RainRate', 6);
    await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
    expect(await stage.violations()).toEqual([]);
  });

  test('other-units are converted or excluded: a gale in km/h is no gale in m/s', async () => {
    const stage = await ObservatoryStage.observing();
    stage.fault('plc', 'other-units');
    await stage.pass(120);
    const changes = await stage.told('SafetyChanged');
    const said = changes.flatMap(({ payload }) => payload.reasons).join('; ');
    expect(said).not.toMatch(/wind [\d.]+ m\/s is above/);
    expect(await stage.violations()).toEqual([]);
  });
});

test('F7 one rain sensor of two: the worst wins, and the disagreement is told', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'rain-one-sensor');
  await stage.untilTold('DomeClosing', { within: 10 });
  await stage.until(
    async () =>
      (await stage.told('AlarmRaised')).some(({ payload }) => /disagree/.test(payload.key)),
    { within: 60, what: 'the alarm' },
  );
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  expect(await stage.violations()).toEqual([]);
});

test('F9 gusts about the limit open and close the dome a few times, then it stays closed', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('plc', 'wind-flapping', 240);
  await stage.pass(4800);
  const openings = await stage.told('DomeOpening');
  expect(openings.length).toBeLessThanOrEqual(5);
  expect(stage.openFraction()).toBe(0);
  expect(await stage.violations()).toEqual([]);
});

test('F10 rain while the dome opens: it turns round at once and was never called open', async () => {
  const stage = await ObservatoryStage.set();
  await stage.untilTold('DomeOpening', { within: 600 });
  await stage.pass(15);
  expect(stage.openFraction()).toBeGreaterThan(0.2);
  await stage.rain();
  const before = stage.openFraction();
  await stage.pass(6);
  expect(stage.openFraction()).toBeLessThan(before + 0.15);
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  expect(await stage.told('DomeOpened')).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});

test('F11 started in the rain: nothing moves', async () => {
  const at = '2014-04-23T00:00:00Z';
  const rain = ['WXT520', 'VantagePro'].map((device_name) => {
    return { at, plcSimulator: { device_name, value_name: 'RainRate', value: 12 } };
  });
  const stage = await ObservatoryStage.set({ scenario: [0, ...rain] });
  await stage.pass(1200);
  expect(await stage.mode()).toBe('STANDBY');
  expect(stage.openFraction()).toBe(0);
  expect(await stage.told('SlewStarted')).toEqual([]);
  expect(await stage.told('DomeOpening')).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});
