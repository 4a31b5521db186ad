import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendFact } from '#agent';
import { sunBelow } from '#sky';
import { makeWorld, submit, type World } from '#testing';
import {
  gatherNightReport,
  readNightReport,
  reportPath,
  writeNightReport,
} from './night-report-store.ts';

const NIGHT = '2026-10-12';
let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

async function begin(night: string): Promise<void> {
  await world.database.transaction((work) =>
    appendFact(work, {
      atMs: world.clock.now(),
      agent: 'Majordome',
      type: 'NightStarted',
      payload: { night, sunsetAt: null, sunriseAt: null },
    }),
  );
}

test('a report is written whole under its name and read back', async () => {
  await begin(NIGHT);
  await submit(world);
  const path = await writeNightReport(world, NIGHT);
  expect(path).toBe(reportPath(NIGHT));
  expect(readNightReport(world.dataFolder, NIGHT)).toMatchObject({
    night: NIGHT,
    sequences: [{ outcome: 'NOT DONE' }],
  });
  expect(readdirSync(join(world.dataFolder, 'nights', NIGHT))).toEqual(['report.json']);
});

test('it holds the facts of its own night only', async () => {
  await begin('2026-10-11');
  await begin(NIGHT);
  await writeNightReport(world, '2026-10-11');
  expect(readNightReport(world.dataFolder, '2026-10-11')?.timeline).toMatchObject([
    { text: 'Night 2026-10-11 begins' },
  ]);
});

test('it leaves out sequences of other nights', async () => {
  await begin(NIGHT);
  const later = world.clock.now() + 5 * 86_400_000;
  await submit(world, { windowStartMs: later, windowEndMs: later + 3_600_000 });
  await writeNightReport(world, NIGHT);
  expect(readNightReport(world.dataFolder, NIGHT)?.sequences).toEqual([]);
});

test('the dark before the first fact of all was not lost: there was no observatory yet', async () => {
  const { site, night } = world.unit;
  const dark = sunBelow(site, NIGHT, night.scienceSunAltDeg);
  if (!dark) throw new RangeError('a night with darkness');
  await world.database.transaction((work) =>
    appendFact(work, {
      atMs: dark.endMs - 60_000,
      agent: 'Majordome',
      type: 'NightStarted',
      payload: { night: NIGHT, sunsetAt: null, sunriseAt: null },
    }),
  );
  const report = await gatherNightReport(world, NIGHT);
  expect(report.efficiency.darkSeconds).toBeCloseTo(60, 1);
  expect(report.lost).toEqual([{ cause: 'the dome was not open yet', seconds: 60 }]);
});

test('a night without a report gives null', () => {
  expect(readNightReport(world.dataFolder, '1999-01-01')).toBeNull();
});
