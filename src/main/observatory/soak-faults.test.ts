import { expect, it } from 'vitest';
import { seededRandom } from '#platform';
import { drawTroubles, troubleSentence } from './soak-faults.ts';

const SUPPLY = {
  faults: [
    { device: 'dome', name: 'deaf-shutter' },
    { device: 'plc', name: 'silent' },
  ],
  agents: ['Guardian', 'Majordome'],
  fromMs: Date.UTC(2026, 9, 12, 18),
  untilMs: Date.UTC(2026, 9, 13, 2),
};

it('draws the same troubles for the same seed, others for another', () => {
  const drawn = (seed: number) => drawTroubles(seededRandom(seed), SUPPLY);
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
});

it('keeps every trouble within its hours and gives each an end', () => {
  for (let seed = 0; seed < 200; seed++) {
    for (const trouble of drawTroubles(seededRandom(seed), SUPPLY)) {
      expect(trouble.fromMs).toBeGreaterThanOrEqual(SUPPLY.fromMs);
      expect(trouble.untilMs).toBeGreaterThan(trouble.fromMs);
      expect(trouble.untilMs).toBeLessThanOrEqual(SUPPLY.untilMs + 60_000);
    }
  }
});

it('draws everything there is in the course of many nights', () => {
  const told = Array.from({ length: 200 }, (_, seed) => drawTroubles(seededRandom(seed), SUPPLY));
  const sentences = told
    .flat()
    .map((trouble) => troubleSentence(trouble))
    .join('\n');
  for (const what of [
    'dome deaf-shutter',
    'plc silent',
    'Guardian is killed',
    'Majordome stands still',
    'rain',
    'key off',
    'battery low',
  ]) {
    expect(sentences).toContain(what);
  }
});
