import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from './needs.ts';
import { startNight } from './running-night.ts';

const indi = needs('indiserver');
const fitsverify = needs('fitsverify');

/** Enough for the dwell of the sensors, a burst and its images; INDI's devices live on real time. */
const DARK_SECONDS = '170';

test.skipIf(!indi.available || !fitsverify.available)(
  'the end of a night on INDI gives images that fitsverify passes, and exit code 0',
  async () => {
    const night = await startNight({ config: 'indi', args: ['--dark', DARK_SECONDS] });
    try {
      expect(await night.exitCode(), night.output()).toBe(0);
      const facts = await night.facts();
      const told = facts.map(({ type }) => type);
      expect(told).toContain('NightEnded');
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
