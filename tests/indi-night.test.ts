import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Document, isScalar, visit } from 'yaml';
import { readNightReport } from '#execution';
import { DEFAULT_NIGHT } from '../src/main/demo-night.ts';
import { needs } from './needs.ts';
import { startNight } from './running-night.ts';

const indi = needs('indiserver');
const fitsverify = needs('fitsverify');

/**
 * INDI's devices live on real time, and the dark begins when every process has loaded: enough for the
 * dwell of the sensors, a burst and its images on a computer that is three times slower.
 */
const DARK_SECONDS = '75';
/** What was bad at the start must not be good for long, seconds. */
const DWELL_SECONDS = 3;

function dwellShortly(unit: Document): void {
  visit(unit, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'goodDelaySeconds' && isScalar(value)) {
        value.value = DWELL_SECONDS;
      }
    },
  });
}

test.skipIf(!indi.available || !fitsverify.available)(
  'the end of a night on INDI gives images that fitsverify passes, and exit code 0',
  async () => {
    const args = ['--dark', DARK_SECONDS];
    const night = await startNight({ config: 'indi', args, edit: dwellShortly });
    try {
      expect(await night.exitCode(), night.output()).toBe(0);
      const facts = await night.facts();
      const told = facts.map(({ type }) => type);
      expect(told).toContain('NightEnded');
      expect(told).not.toContain('ClockJumped');
      const report = readNightReport(night.dataFolder, DEFAULT_NIGHT);
      expect(report?.efficiency.darkSeconds).toBeLessThanOrEqual(Number(DARK_SECONDS));
      expect(report?.lost.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(60);
      expect(report?.accounting.unexplained).toBe(0);
      const images = globSync('nights/**/*.fits', { cwd: night.dataFolder });
      expect(images.length).toBeGreaterThanOrEqual(3);
      for (const image of images) {
        const verdict = execFileSync(fitsverify.path, ['-q', join(night.dataFolder, image)]);
        expect(verdict.toString()).toContain('verification OK');
      }
      expect(night.output()).toContain('Telescope parked');
      expect(night.output()).toContain('Dome closed');
    } finally {
      await night.stop();
    }
  },
);
