import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash32, type Random, seededRandom } from './random.ts';

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('seeded randomness', () => {
  it('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(take(seededRandom(seed), 20)).toEqual(take(seededRandom(seed), 20));
      }),
    );
  });

  it('gives these very numbers on every machine', () => {
    expect(take(seededRandom(1), 3)).toMatchInlineSnapshot(`
      [
        0.3678755429573357,
        0.08161311969161034,
        0.8205357783008367,
      ]
    `);
  });

  it('gives other numbers for another seed', () => {
    expect(take(seededRandom(1), 3)).not.toEqual(take(seededRandom(2), 3));
  });

  it('stays in [0, 1)', () => {
    const numbers = take(seededRandom(3), 10_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });

  it('fills ten bins evenly, by chi squared at 1 in 1000', () => {
    const counts = new Array<number>(10).fill(0);
    const random = seededRandom(4);
    for (let i = 0; i < 100_000; i++) {
      const bin = random.integer(10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.9);
  });

  it('draws normal deviates of mean 0 and deviation 1', () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 50_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  it('forks by name, whatever was drawn before', () => {
    const fresh = seededRandom(6);
    const used = seededRandom(6);
    take(used, 7);
    expect(take(used.fork('rain'), 5)).toEqual(take(fresh.fork('rain'), 5));
    expect(take(fresh.fork('rain'), 5)).not.toEqual(take(fresh.fork('wind'), 5));
  });
});

it('a text has the 32-bit hash of FNV-1a', () => {
  expect([hash32(''), hash32('a'), hash32('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});
