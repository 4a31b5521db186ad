import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { smallUnit } from '#testing';
import { tryNight } from '../src/main/observatory/trial-night.ts';

/** One night of `./pyros soak`: the whole of it takes hours. */

const folder = mkdtempSync(join(tmpdir(), 'pyros-soak-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a night with troubles of all sorts breaks no invariant', async () => {
  const wish = { night: '2026-06-21', seed: 22, dataFolder: join(folder, 'data') };
  const trial = await tryNight(smallUnit(), wish);
  expect(trial.violations).toEqual([]);
  expect(trial.troubles.length).toBeGreaterThan(2);
  expect(trial.images).toBeGreaterThan(10);
});
