import { describe, expect, test } from 'vitest';
import { openDome } from '#devices';
import { imagesOfNight } from '#execution';
import { ObservatoryStage, STAGE_NIGHT } from '#testing';

/** Faults of the dome (hazards F12 to F15, F19, F20), with every agent at work. */

const alarms = async (stage: ObservatoryStage, key: RegExp) =>
  (await stage.told('AlarmRaised')).filter(({ payload }) => key.test(payload.key));

test('F12 a deaf shutter: told again and again, CRITICAL each minute, never called closed', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('dome', 'deaf-shutter');
  await stage.rain();
  await stage.pass(300);
  expect(stage.openFraction()).toBe(1);
  expect(await stage.told('DomeClosed')).toEqual([]);
  const told = await alarms(stage, /dome-not-closed/);
  expect(told.length).toBeGreaterThanOrEqual(3);
  expect(told.at(-1)?.payload.severity).toBe('CRITICAL');
  expect(await stage.mode()).not.toBe('STANDBY');
  stage.clear('dome');
  await stage.until(() => stage.openFraction() === 0, { within: 90, what: 'the closed dome' });
  expect(await stage.violations()).toEqual([]);
});

test('F12 a shutter that only moves at home is turned home, and closes', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('dome', 'frees-when-home');
  await stage.rain();
  await stage.until(() => stage.openFraction() === 0, { within: 420, what: 'the closed dome' });
  expect(await stage.violations()).toEqual([]);
});

describe('F13 switches that cannot be true are UNKNOWN, not CLOSED:', () => {
  test.each(['stuck-closed-switch', 'both-switches'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('dome', fault);
    await stage.pass(10);
    await stage.forgetFacts();
    await stage.untilTold('AlarmRaised', { within: 120, where: ({ key }) => /dome/.test(key) });
    await stage.pass(60);
    const started = await stage.told('ExposureStarted');
    const [last] = started.slice(-1);
    expect(Date.parse(last?.at ?? '')).toBeLessThan(stage.nowMs - 60_000);
    stage.clear('dome');
    await stage.until(() => stage.openFraction() === 0 || stage.openFraction() === 1, {
      within: 120,
      what: 'a dome at rest',
    });
    expect(await stage.violations()).toEqual([]);
  });
});

describe('F14 closing that was interrupted is taken up again until it is confirmed:', () => {
  test.each(['stops-half-way', 'brown-out'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('dome', fault);
    await stage.rain();
    await stage.pass(90);
    stage.clear('dome');
    await stage.until(() => stage.openFraction() === 0, { within: 120, what: 'the closed dome' });
    await stage.until(async () => (await stage.told('DomeClosed')).length > 0, {
      within: 30,
      what: 'DomeClosed',
    });
    expect(await stage.violations()).toEqual([]);
  });
});

describe('F15 a roof that waits for the telescope', () => {
  test('closes all the same after its deadline, where the unit says so', async () => {
    const stage = await ObservatoryStage.observing({
      unit: (unit) => ({
        ...unit,
        dome: { ...unit.dome, parkFirst: { deadlineSeconds: 30, thenClose: true } },
      }),
    });
    stage.fault('mount', 'refuses-park');
    await stage.rain();
    await stage.until(() => stage.openFraction() === 0, { within: 180, what: 'the closed roof' });
    const [told] = await alarms(stage, /park/);
    expect(told?.payload.severity).toBe('CRITICAL');
  });

  test('parks first when the telescope obeys', async () => {
    const stage = await ObservatoryStage.observing({
      unit: (unit) => ({
        ...unit,
        dome: { ...unit.dome, parkFirst: { deadlineSeconds: 90, thenClose: true } },
      }),
    });
    await stage.rain();
    await stage.until(() => stage.openFraction() < 1, { within: 120, what: 'closing' });
    const mount = stage.observatory.simulators.mount?.truth?.();
    expect(mount?.tracks).toBe(0);
    await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed roof' });
  });
});

test('F19 a slit that does not follow: nothing is exposed through it without being marked, and it is told', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('dome', 'slit-stalls');
  await stage.pass(2400);
  const images = await imagesOfNight(stage.observatory.database, STAGE_NIGHT);
  const marked = images.filter(({ flags }) => JSON.parse(flags).includes('vignetted'));
  const told = await alarms(stage, /slit/);
  expect(marked.length + told.length).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan(0);
  expect(await stage.violations()).toEqual([]);
});

test('F20 closed by hand: nothing more is exposed, and the reason is shown', async () => {
  const stage = await ObservatoryStage.observing();
  const { network, clock } = stage.observatory;
  const hand = openDome(stage.unit.dome, { clock, links: network.link });
  await hand.close();
  await stage.pass(8);
  const closedMs = stage.nowMs;
  await stage.until(async () => (await stage.told('ExposureLost')).length >= 2, {
    within: 30,
    what: 'the end of both exposures',
  });
  const lost = await stage.told('ExposureLost');
  expect(lost.map(({ payload }) => payload.reason).join()).toMatch(/dome/i);
  for (const { at } of await stage.told('ExposureStarted')) {
    const during = Date.parse(at) > closedMs && Date.parse(at) < closedMs + 30_000;
    expect(during).toBe(false);
  }
  expect(await stage.violations()).toEqual([]);
});
