import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Outcome, Sender } from '#agent';
import { imagesOfNight, readObservatory } from '#execution';
import { ObservatoryStage, STAGE_NIGHT } from '#testing';
import type { Unit } from '#unit';

/** Files, nights and operators (hazards F27, F42, F53, F54), with every agent at work. */

const HOUR = 3600;

/** Sends an order to the Majordome; time has to go by before it ends. */
async function asked(stage: ObservatoryStage, name: string, payload: object) {
  const { database, clock } = stage.observatory;
  const sender = new Sender({ name: 'Operator', database, clock });
  return await sender.send('Majordome', { name, payload }, { validitySeconds: 60 });
}

/** The ends of some orders. */
async function ends(
  stage: ObservatoryStage,
  orders: readonly Awaited<ReturnType<typeof asked>>[],
): Promise<Outcome[]> {
  const found: Outcome[] = [];
  for (const order of orders) void order.ended().then((end) => found.push(end));
  await stage.until(() => found.length === orders.length, { within: 60, what: 'the answers' });
  return found;
}

const versionOf = async (stage: ObservatoryStage) =>
  (await readObservatory(stage.observatory.database))?.version ?? 0;

/** The unit on another meridian or parallel. */
const moved = (site: Partial<Unit['site']>) => (unit: Unit) => ({
  ...unit,
  site: { ...unit.site, ...site },
});

test('F27 a clock set back between images: every one keeps its own file, none is written over', async () => {
  const stage = await ObservatoryStage.observing();
  for (const seconds of [15, -15, 15, -15]) {
    stage.observatory.shiftClocks(seconds);
    for (let image = 0; image < 3; image++) await stage.untilTold('ImageTaken', { within: 900 });
  }
  const images = await imagesOfNight(stage.observatory.database, STAGE_NIGHT);
  const taken = images.filter(({ state }) => state === 'TAKEN');
  expect(taken.length).toBeGreaterThanOrEqual(12);
  expect(new Set(images.map(({ exposure_id }) => exposure_id)).size).toBe(images.length);
  expect(new Set(taken.map(({ path }) => path)).size).toBe(taken.length);
  for (const { path, sha256 } of taken) {
    const bytes = readFileSync(join(stage.observatory.settings.dataFolder, path));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  expect(await stage.violations()).toEqual([]);
});

test('F42 over midnight the night keeps its name, and goes on', async () => {
  const stage = await ObservatoryStage.observing({ minutesIntoDark: 255 });
  const midnight = Date.parse('2014-04-24T00:00:00Z');
  await stage.until(() => stage.nowMs > midnight + 600_000, { within: HOUR, what: 'midnight' });
  expect((await readObservatory(stage.observatory.database))?.night).toBe(STAGE_NIGHT);
  expect(await stage.told('NightStarted')).toHaveLength(1);
  const images = await imagesOfNight(stage.observatory.database, STAGE_NIGHT);
  const before = images.filter(({ start_at }) => Date.parse(start_at) < midnight);
  expect([before.length > 0, images.length > before.length]).toEqual([true, true]);
  expect(await stage.violations()).toEqual([]);
});

test('F42 at the date line the night begins at its own noon', async () => {
  // Its dark is half a day later than that of the stage.
  const stage = await ObservatoryStage.set({
    unit: moved({ lonDeg: -173.07647 }),
    minutesIntoDark: 12 * 60 + 60,
  });
  await stage.untilTold('DomeOpened', { within: HOUR });
  expect(new Date(stage.nowMs).toISOString().slice(0, 10)).toBe('2014-04-24');
  expect((await readObservatory(stage.observatory.database))?.night).toBe(STAGE_NIGHT);
  expect(await stage.told('NightStarted')).toHaveLength(1);
  expect(await stage.violations()).toEqual([]);
});

test('F42 in the polar summer there is no dark: nothing opens, over noon too, and it says why', async () => {
  const stage = await ObservatoryStage.set({
    unit: moved({ latDeg: 79 }),
    minutesIntoDark: 15 * 60 + 45,
  });
  await stage.pass(HOUR);
  expect(stage.openFraction()).toBe(0);
  const row = await readObservatory(stage.observatory.database);
  expect([row?.mode, row?.night]).toEqual(['STANDBY', '2014-04-24']);
  expect(row?.pauses).toMatch(/daylight/);
  expect(await stage.told('DomeOpening')).toEqual([]);
  expect(await stage.told('ExposureStarted')).toEqual([]);
  expect(await stage.violations()).toEqual([]);
});

test('F53 an order from an old page is refused, and told what has changed since; closing is not', async () => {
  const stage = await ObservatoryStage.observing();
  const seen = await versionOf(stage);
  const lock = { by: 'Ada', reason: 'visitors' };
  await ends(stage, [await asked(stage, 'lock', { ...lock, version: seen })]);
  await stage.until(() => stage.openFraction() === 0, { within: 90, what: 'the closed dome' });
  const unlock = { by: 'Bob', reason: 'they left', version: seen };
  const [refused] = await ends(stage, [await asked(stage, 'unlock', unlock)]);
  expect(refused).toMatchObject({ state: 'FAILED', errorCode: 'STATE_CHANGED' });
  expect(refused?.errorText).toMatch(/Ada.*\d\d:\d\d:\d\dZ/);
  expect((await readObservatory(stage.observatory.database))?.locked).toBe(1);
  const [again] = await ends(stage, [await asked(stage, 'lock', { ...lock, version: seen })]);
  expect(again?.state).toBe('EXECUTED');
  expect(await stage.violations()).toEqual([]);
});

test('F54 of two operators at once one wins, the other is told who and when', async () => {
  const stage = await ObservatoryStage.observing();
  const version = await versionOf(stage);
  const orders = [
    await asked(stage, 'go_remote', { by: 'Ada', version }),
    await asked(stage, 'go_remote', { by: 'Bob', version }),
  ];
  const [first, second] = (await ends(stage, orders)).toSorted((a, b) =>
    a.state.localeCompare(b.state),
  );
  expect(first?.state).toBe('EXECUTED');
  expect(second).toMatchObject({ state: 'FAILED', errorCode: 'STATE_CHANGED' });
  const winner = (await readObservatory(stage.observatory.database))?.remote_by ?? '';
  expect(second?.errorText).toContain(winner);
  expect(second?.errorText).toMatch(/\d\d:\d\d:\d\dZ/);
  expect(await stage.told('RemoteAsked')).toHaveLength(1);
  expect(await stage.violations()).toEqual([]);
});
