import { describe, expect, test } from 'vitest';
import { imagesOfNight } from '#execution';
import { ObservatoryStage, STAGE_NIGHT } from '#testing';

/** Faults of cameras, wheels and coolers (hazards F24 to F26, F57, F59), with every agent at work. */

const imagesOf = (stage: ObservatoryStage) =>
  imagesOfNight(stage.observatory.database, STAGE_NIGHT);

test('F24 a camera that hangs is given up by the clock, reset and tried again; the other goes on', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('VIS', 'hangs');
  await stage.pass(700);
  const images = await imagesOf(stage);
  const failed = images.filter(({ channel, state }) => channel === 'VIS' && state === 'FAILED');
  expect(failed.length).toBeGreaterThan(0);
  const since = Date.parse(failed[0]?.start_at ?? '');
  const others = images.filter(({ channel, state, start_at }) => {
    return channel === 'NIR' && state === 'TAKEN' && Date.parse(start_at) > since;
  });
  expect(others.length).toBeGreaterThan(0);
  stage.clear('VIS');
  await stage.pass(1200);
  const again = (await imagesOf(stage)).filter(({ channel, state, start_at }) => {
    return channel === 'VIS' && state === 'TAKEN' && Date.parse(start_at) > since;
  });
  expect(again.length).toBeGreaterThan(0);
  expect(await stage.violations()).toEqual([]);
});

describe('F25 what is short or spoilt never counts as an image:', () => {
  test.each(['truncated', 'corrupt'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('VIS', fault);
    const faultyMs = stage.nowMs;
    await stage.pass(1200);
    const later = (await imagesOf(stage)).filter(({ channel, start_at }) => {
      return channel === 'VIS' && Date.parse(start_at) > faultyMs;
    });
    expect(later.filter(({ state }) => state === 'TAKEN')).toEqual([]);
    expect(later.filter(({ state }) => state === 'FAILED').length).toBeGreaterThan(0);
    expect(await stage.told('SequenceRequeued')).not.toEqual([]);
    expect(await stage.violations()).toEqual([]);
  });
});

test('F26 the observer dies between read-out and file: no exposure without an end, no image twice', async () => {
  const stage = await ObservatoryStage.observing();
  for (let death = 0; death < 4; death++) {
    await stage.untilTold('ImageTaken', { within: 600 });
    await stage.pass(death * 3);
    stage.observatory.kill('Observer');
    await stage.pass(3);
    await stage.observatory.revive('Observer');
  }
  await stage.pass(1500);
  const images = await imagesOf(stage);
  const keys = images
    .filter(({ state }) => state === 'TAKEN')
    .map(({ plan_id, number }) => `${plan_id} ${number}`);
  expect(new Set(keys).size).toBe(keys.length);
  const old = images.filter(({ state, start_at }) => {
    return state === 'EXPOSING' && Date.parse(start_at) < stage.nowMs - 600_000;
  });
  expect(old).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});

describe('F57 no exposure unless the asked filter is in its place and still:', () => {
  test.each(['wheel-stuck', 'wheel-moves'])('%s', async (fault) => {
    const stage = await ObservatoryStage.observing();
    stage.fault('VIS', fault);
    await stage.pass(1200);
    const images = (await imagesOf(stage)).filter(({ channel }) => channel === 'VIS');
    for (const image of images.filter(({ state }) => state === 'TAKEN')) {
      expect(image.path).toContain(`_${image.filter}.fits`);
    }
    const failures = images.filter(({ state }) => state === 'FAILED');
    expect(failures.length + (await stage.told('DeviceFailed')).length).toBeGreaterThan(0);
    expect(await stage.violations()).toEqual([]);
  });
});

test('F59 a detector that does not get cold: told, images taken and marked', async () => {
  const stage = await ObservatoryStage.observing();
  stage.fault('VIS', 'cooler-off');
  await stage.pass(2700);
  const alarms = await stage.told('AlarmRaised');
  expect(alarms.some(({ payload }) => payload.key === 'cooling.VIS')).toBe(true);
  const marked = (await imagesOf(stage)).filter(({ channel, state, flags }) => {
    return channel === 'VIS' && state === 'TAKEN' && JSON.parse(flags).includes('warm');
  });
  expect(marked.length).toBeGreaterThan(0);
  expect(await stage.violations()).toEqual([]);
});
