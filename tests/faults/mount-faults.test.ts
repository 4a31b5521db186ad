import { expect, test } from 'vitest';
import { ObservatoryStage } from '#testing';

/** Faults of the mount (hazards F16 to F18), with every agent at work. */

test('F16 a mount that says parked and is elsewhere is not believed', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('mount', 'lies-about-park');
  await stage.rain();
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  await stage.until(
    async () => (await stage.told('AlarmRaised')).some(({ payload }) => /park/.test(payload.key)),
    { within: 900, what: 'the alarm' },
  );
  expect(await stage.told('TelescopeParked')).toEqual([]);
  stage.clear('mount');
  await stage.untilTold('TelescopeParked', { within: 900 });
  expect(await stage.violations()).toEqual([]);
});

test('F17 a mount that would follow its target below the limit is stopped before', async () => {
  const stage = await ObservatoryStage.observing({
    // What is observed at this hour stands at 46 degrees in the west: it soon reaches this limit.
    unit: (unit) => ({
      ...unit,
      mounts: unit.mounts.map((mount) => ({ ...mount, minAltDeg: 41 })),
    }),
  });
  stage.fault('mount', 'runs-past-limit');
  for (let minute = 0; minute < 90; minute++) {
    await stage.pass(60);
    const mount = stage.observatory.simulators.mount?.truth?.();
    const isLow = (mount?.altDeg ?? 0) < 40.5;
    expect(isLow && mount?.tracks === 1).toBe(false);
  }
  const ends = await stage.told('SequenceEnded');
  expect(ends.length).toBeGreaterThan(0);
});

test('F18 a mount that has lost its place is not slewed before it has found home', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('mount', 'lost-position');
  const lostMs = stage.nowMs;
  await stage.pass(240);
  stage.clear('mount', 'lost-position');
  await stage.pass(1200);
  const slews = (await stage.told('SlewEnded')).filter(({ at }) => Date.parse(at) > lostMs);
  const started = (await stage.told('ExposureStarted')).filter(({ at }) => {
    return Date.parse(at) > lostMs + 10_000 && Date.parse(at) < lostMs + 230_000;
  });
  expect(started).toEqual([]);
  expect(slews.length).toBeGreaterThan(0);
  expect(await stage.violations()).toEqual([]);
});
