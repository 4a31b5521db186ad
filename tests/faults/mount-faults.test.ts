import { describe, expect, test } from 'vitest';
import { openTelescope } from '#devices';
import { ObservatoryStage } from '#testing';

/** Faults of the mount (hazards F16 to F18), with every agent at work. */

describe('F16 a mount that says parked and is elsewhere is not believed:', () => {
  test('it looks for its marks, and is called parked where it really is', async () => {
    const stage = await ObservatoryStage.observing();
    stage.fault('mount', 'lies-about-park');
    await stage.rain();
    await stage.untilTold('TelescopeParked', { within: 300 });
    const [spec] = stage.unit.mounts;
    const truth = stage.observatory.simulators.mount?.truth?.();
    expect(Math.abs((truth?.altDeg ?? 99) - (spec?.park.altDeg ?? 0))).toBeLessThan(1);
    expect(Math.abs((truth?.azDeg ?? 999) - (spec?.park.azDeg ?? 0))).toBeLessThan(1);
    expect(await stage.violations()).toEqual([]);
  });

  test('where that does not help either, a person is told, again and again', async () => {
    const stage = await ObservatoryStage.observing();
    stage.fault('mount', 'lies-about-park');
    stage.fault('mount', 'stalls');
    await stage.rain();
    await stage.untilTold('AlarmRaised', { within: 900, where: ({ key }) => key === 'park' });
    expect(await stage.told('TelescopeParked')).toEqual([]);
    expect(stage.openFraction()).toBe(0);
    stage.clear('mount');
    await stage.untilTold('TelescopeParked', { within: 900 });
    expect(await stage.violations()).toEqual([]);
  });
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
  for (let minute = 0; minute < 50; minute++) {
    await stage.pass(60);
    const mount = stage.observatory.simulators.mount?.truth?.();
    const isLow = (mount?.altDeg ?? 0) < 40.5;
    expect(isLow && mount?.tracks === 1).toBe(false);
  }
  const ends = await stage.told('SequenceEnded');
  expect(ends.length).toBeGreaterThan(0);
});

test('F18 a mount that has lost its place is stopped, finds home first, and is slewed only then', async () => {
  const stage = await ObservatoryStage.observing();
  const { clock, network } = stage.observatory;
  const [spec] = stage.unit.mounts;
  if (!spec) throw new Error('the unit has a mount');
  const mount = openTelescope(spec, { clock, links: network.link });
  await stage.forgetFacts();
  stage.fault('mount', 'lost-position');
  expect((await mount.status()).homed).toBe(false);
  const lost = await stage.untilTold('ExposureLost', { within: 60 });
  expect(lost.payload.reason).toMatch(/home|lost|place|track/i);
  await stage.untilTold('ExposureStarted', { within: 1800 });
  expect((await mount.status()).homed).toBe(true);
  expect(await stage.violations()).toEqual([]);
});
