import { expect, it } from 'vitest';
import { type DeathAt, scriptedEvening } from '../src/testing/index.ts';

/** More writes than the evening has: the sweep is over before. */
const MOST_WRITES = 2000;
/**
 * Of the 150 writes of the evening every fourth, before and after in turns;
 * `PYROS_SWEEP=all` takes each of them.
 */
const STRIDE = process.env.PYROS_SWEEP === 'all' ? 1 : 4;

it.each([
  { when: 'before', first: 1 },
  { when: 'after', first: 1 + Math.floor(STRIDE / 2) },
] as const)(
  'F32 killed $when its writes, one by one, the Majordome takes the evening over: one effect for each order',
  async ({ when, first }) => {
    const found: string[] = [];
    let deaths = 0;
    for (let write = first; write < MOST_WRITES; write += STRIDE) {
      const death: DeathAt = { write, when };
      const { died, problems } = await scriptedEvening(death);
      found.push(...problems.map((problem) => `write ${write}: ${problem}`));
      if (!died) break;
      deaths++;
    }
    expect(found).toEqual([]);
    expect(deaths).toBeGreaterThan(5);
  },
  3_600_000,
);
