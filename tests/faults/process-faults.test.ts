import { describe, expect, test } from 'vitest';
import { imagesOfNight, readObservatory } from '#execution';
import { ObservatoryStage, STAGE_NIGHT } from '#testing';

/** Deaths and pauses of processes (hazards F32, F33, F43 to F45), with every agent at work. */

test('F32 the Majordome dies in mid-sequence: its next life takes over, the exposures go on', async () => {
  const stage = await ObservatoryStage.observing();
  const before = await readObservatory(stage.observatory.database);
  stage.observatory.kill('Majordome');
  await stage.pass(4);
  await stage.observatory.revive('Majordome');
  await stage.pass(20);
  const after = await readObservatory(stage.observatory.database);
  expect(after?.running_sequence_id).toBe(before?.running_sequence_id);
  expect(after?.mode).toBe('SCHED_READY');
  expect(await stage.told('ExposureLost')).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});

describe('F32 the Majordome dies', () => {
  test.each([
    ['while the dome opens', 'DomeOpening', 15],
    ['as the dome has opened', 'DomeOpened', 0],
    ['while the telescope slews', 'SlewStarted', 2],
  ] as const)('%s: the night goes on', async (_when, type, seconds) => {
    const stage = await ObservatoryStage.set();
    await stage.untilTold(type, { within: 900 });
    await stage.pass(seconds);
    stage.observatory.kill('Majordome');
    await stage.pass(5);
    await stage.observatory.revive('Majordome');
    await stage.untilTold('ImageTaken', { within: 900 });
    const started = await stage.told('SequenceStarted');
    const keys = started.map(({ payload }) => payload.sequenceId);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await stage.violations()).toEqual([]);
  });
});

test('F33 a Majordome that stood still while another took its name does nothing more', async () => {
  const stage = await ObservatoryStage.observing();
  const old = stage.observatory.suspend('Majordome');
  await stage.pass(40);
  await stage.observatory.revive('Majordome');
  await stage.pass(20);
  await stage.forgetFacts();
  old.resume();
  await stage.rain();
  await stage.until(() => stage.openFraction() === 0, { within: 60, what: 'the closed dome' });
  await stage.pass(30);
  const changes = (await stage.told('ModeChanged')).filter(({ payload }) => {
    return payload.to === 'SCHED_CLOSING';
  });
  const closings = changes.filter(({ at }) => Date.parse(at) > stage.nowMs - 120_000);
  expect(closings).toHaveLength(1);
  expect(await stage.violations()).toEqual([]);
});

test('F33 a Majordome that stands still for a minute and more: the guardian closes without it', async () => {
  const stage = await ObservatoryStage.observing();
  stage.observatory.suspend('Majordome');
  await stage.until(() => stage.openFraction() === 0, { within: 180, what: 'the closed dome' });
  stage.observatory.resume('Majordome');
  await stage.untilTold('DomeOpened', { within: 900 });
  expect(await stage.violations()).toEqual([]);
});

test('the guardian dies: the dome closes by its dead-man, and the next life lets it open again', async () => {
  const stage = await ObservatoryStage.observing();
  stage.observatory.kill('Guardian');
  await stage.until(() => stage.openFraction() === 0, { within: 70, what: 'the closed dome' });
  await stage.observatory.revive('Guardian');
  await stage.untilTold('DomeOpened', { within: 900 });
  expect(await stage.violations()).toEqual([]);
});

test('F43 the scheduler is dead: the last plan is followed', async () => {
  const stage = await ObservatoryStage.observing();
  stage.observatory.kill('Scheduler');
  await stage.pass(1800);
  const began = await stage.told('SequenceStarted');
  expect(began.length).toBeGreaterThan(1);
  expect(await stage.mode()).toBe('SCHED_READY');
  expect(await stage.violations()).toEqual([]);
});

test('F45 twenty minutes stood still: what was due then is not begun late, the plan is made anew', async () => {
  const stage = await ObservatoryStage.observing();
  stage.observatory.suspend('Majordome');
  stage.observatory.suspend('Observer');
  await stage.pass(1200);
  stage.observatory.resume('Observer');
  stage.observatory.resume('Majordome');
  const wokenMs = stage.nowMs;
  await stage.forgetFacts();
  await stage.untilTold('SchedulePublished', { within: 300 });
  await stage.untilTold('ExposureStarted', { within: 1800 });
  const started = (await stage.told('SequenceStarted')).filter(
    ({ at }) => Date.parse(at) > wokenMs,
  );
  expect(started.length).toBeGreaterThan(0);
  const images = await imagesOfNight(stage.observatory.database, STAGE_NIGHT);
  const lost = images.filter(({ state, start_at }) => {
    return state === 'EXPOSING' && Date.parse(start_at) < wokenMs;
  });
  expect(lost).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});
